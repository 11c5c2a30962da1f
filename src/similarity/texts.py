"""What of a text is compared: its words, and the practices of safeguarding that it names."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml

WORD = re.compile(r"[^\W\d_]+")
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "\u02bc": "'"})
SAID_OF_ANYTHING = frozenset(
    WORD.findall(
        "a an and are as at be by for from in into is it its of on or that the their them they this to with which who"
        " where when within will should was were have has so not all any each such these those than through across"
        " including ensure improve paragraph paragraphs page pages para paras"
    )
)
"""Words that tell nothing of what is asked for."""
LONGEST = 20_000
"""Characters of a text that are compared: more than any recommendation has."""


def words(text: str) -> Counter[str]:
    """The words that tell something, each as often as it stands there."""
    found = WORD.findall(text[:LONGEST].casefold().translate(APOSTROPHES))
    return Counter(word for word in found if word not in SAID_OF_ANYTHING)


def practices(text: str) -> frozenset[str]:
    """The names of the practices that the text is about, as `practices.yaml` lists them."""
    plain = text[:LONGEST].casefold().translate(APOSTROPHES).replace("-", " ")
    return frozenset(name for name, pattern in _patterns().items() if pattern.search(plain))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    listed: dict[str, list[str]] = yaml.safe_load((files("similarity") / "practices.yaml").read_text(encoding="utf-8"))
    return {name: re.compile(rf"\b(?:{'|'.join(_alternatives(said))})\b") for name, said in listed.items()}


def _alternatives(said: list[str]) -> Iterator[str]:
    for phrase in said:
        yield r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
