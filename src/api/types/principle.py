"""How a principle of review, or a criterion of conduct, was met."""

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from api.documented import documented
from domain.frameworks import Framework
from domain.section_words import CONDUCT, PRINCIPLE


@documented
@strawberry.type
class ReviewPrinciple:
    """`text` is the framework's, or the key's words where it lists none; `met` are the review's own words on it."""

    key: str
    """The principle's key."""
    text: str
    """In the framework's words."""
    met: str
    """How the review says that it was met."""

    @classmethod
    def told(cls, sections: Iterable[Mapping[str, Any]], framework: Framework) -> "list[ReviewPrinciple]":
        """In the order in which the review tells them."""
        known = {f"{PRINCIPLE}{key}": (key, text) for key, text in framework.review_principles.items()}
        known |= {f"{CONDUCT}{key}": (key, text) for key, text in framework.conduct.items()}
        told = [each for each in sections if each["key"] in known or each["key"].startswith(PRINCIPLE)]
        met = [(*known.get(each["key"], _unlisted(each["key"])), each["text"]) for each in told]
        return [cls(key=key, text=text, met=said) for key, text, said in met]


def _unlisted(section: str) -> tuple[str, str]:
    """A principle that the framework does not list is shown in the words of its key."""
    key = section.removeprefix(PRINCIPLE)
    return key, key.replace("-", " ").capitalize()
