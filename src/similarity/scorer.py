"""How alike two texts are: three signals, weighed as judged pairs of real recommendations taught."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import wordllama
from wordllama import WordLlama

from similarity.texts import LONGEST, practices, words

Vectors = npt.NDArray[np.float32]
SAME = 0.5
"""From this score on two texts are taken to say the same learning."""
REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of two texts.

    Attributes:
        score: 0 to 1; how probable it is that readers find the same learning in both.
        words: the words that both have, those that weigh most first.
        practices: the practices that both name, the rarest first.
    """

    score: float
    words: tuple[str, ...]
    practices: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.score >= SAME


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned, as `scripts/train_similarity.py` writes it to `model.json`.

    Attributes:
        texts: the published recommendations in which words and practices were counted.
        words: in how many of them each word stands; those of one text are left out.
        practices: in how many of them each practice is named.
        centre: the mean of their meanings, which is common to all and tells nothing.
        weights: of the signals words, practices and meaning.
        intercept: what a pair starts from that has nothing in common.
    """

    texts: int
    words: dict[str, int]
    practices: dict[str, int]
    centre: tuple[float, ...]
    weights: tuple[float, float, float]
    intercept: float


@cache
def shipped_model() -> Model:
    found: dict[str, Any] = json.loads((files("similarity") / "model.json").read_text(encoding="utf-8"))
    return Model(**found | {"centre": tuple(found["centre"]), "weights": tuple(found["weights"])})


class Scorer:
    """Safe between threads; nothing that it needs is fetched from anywhere."""

    def __init__(self, model: Model | None = None) -> None:
        self.model = model or shipped_model()
        self._centre = np.array(self.model.centre, dtype=np.float32)
        self._weighed = lru_cache(REMEMBERED)(self._weigh)

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Likeness]:
        """Of each pair, whichever of its texts comes first; a text without words is like nothing."""
        signals = self.signals(pairs)
        odds = signals @ np.array(self.model.weights) + self.model.intercept
        return [
            self._likeness(one, other, float(score))
            for (one, other), score in zip(pairs, 1 / (1 + np.exp(-odds)), strict=True)
        ]

    def signals(self, pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float64]:
        """A row a pair: how much they share by words, by practices and by meaning; each at most 1."""
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        places = {text: place for place, text in enumerate(texts)}
        meanings = self.meanings(texts)
        rows = [
            (
                self._shared_words(one, other),
                self._shared_practices(one, other),
                float(meanings[places[one]] @ meanings[places[other]]),
            )
            for one, other in pairs
        ]
        return np.array(rows, dtype=np.float64).reshape(len(rows), 3)

    def meanings(self, texts: Sequence[str]) -> Vectors:
        """A row a text, of length 1; of a text without words a row of zeros."""
        if not texts:
            return np.zeros((0, len(self._centre)), dtype=np.float32)
        known = np.array([bool(words(text)) for text in texts])
        found = raw_meanings([text or " " for text in texts]) - self._centre
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.where(known[:, None], found / np.maximum(length, 1e-9), 0).astype(np.float32)

    def _likeness(self, one: str, other: str, score: float) -> Likeness:
        mine, theirs = self._weighed(one), self._weighed(other)
        if not mine or not theirs:
            return Likeness(0.0, (), ())
        common = sorted(mine.keys() & theirs.keys(), key=lambda word: (-mine[word] * theirs[word], word))
        named = sorted(practices(one) & practices(other), key=lambda name: (-self._rarity(name), name))
        return Likeness(round(score, 4), tuple(common), tuple(named))

    def _shared_words(self, one: str, other: str) -> float:
        mine, theirs = self._weighed(one), self._weighed(other)
        return sum(weight * theirs.get(word, 0.0) for word, weight in mine.items())

    def _shared_practices(self, one: str, other: str) -> float:
        mine, theirs = practices(one), practices(other)
        either = self._rarities(mine | theirs)
        return self._rarities(mine & theirs) / either if either else 0.0

    def _weigh(self, text: str) -> dict[str, float]:
        """The words of a text, the rarer the heavier, as a vector of length 1."""
        counted = words(text)
        weights = {
            word: (1 + math.log(times)) * math.sqrt(1 + math.log((self.model.texts + 1) / (self._texts_with(word) + 1)))
            for word, times in counted.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / length for word, weight in weights.items()}

    def _texts_with(self, word: str) -> int:
        return self.model.words.get(word, 0)

    def _rarity(self, practice: str) -> float:
        return math.log((self.model.texts + 1) / (self.model.practices.get(practice, 0) + 1))

    def _rarities(self, named: Iterable[str]) -> float:
        return sum(map(self._rarity, sorted(named)))


def raw_meanings(texts: Sequence[str]) -> Vectors:
    """A row of length 1 a text, before what is common to all is taken away."""
    return np.asarray(_embedding().embed([text[:LONGEST] for text in texts], norm=True), dtype=np.float32)


@cache
def _embedding() -> WordLlama:
    """The static embeddings that the package brings; loading takes half a second."""
    return WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
