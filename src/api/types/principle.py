"""How a principle of review, or a criterion of conduct, was met."""

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from domain.frameworks import Framework
from domain.section_words import CONDUCT, PRINCIPLE


@strawberry.type
class ReviewPrinciple:
    """`text` is the framework's, `met` the review's own words on it."""

    key: str
    text: str
    met: str

    @classmethod
    def told(cls, sections: Iterable[Mapping[str, Any]], framework: Framework) -> "list[ReviewPrinciple]":
        """In the order in which the review tells them."""
        known = {f"{PRINCIPLE}{key}": (key, text) for key, text in framework.review_principles.items()}
        known |= {f"{CONDUCT}{key}": (key, text) for key, text in framework.conduct.items()}
        met = [(*known[each["key"]], each["text"]) for each in sections if each["key"] in known]
        return [cls(key=key, text=text, met=said) for key, text, said in met]
