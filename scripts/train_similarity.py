"""`python scripts/train_similarity.py DATA`: learns `src/similarity/model.json` from judged pairs of recommendations.

DATA is a folder with `ofsted/recommendations.csv` and `recurrence/pairs.csv`; neither is part of the repository, and
no text of theirs gets into it: only counts, means and weights. Prints how well what was learned does on pairs that it
has not seen, beside plain overlap of words.
"""

import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from similarity.scorer import Model, Scorer, raw_meanings
from similarity.texts import practices, words

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "src" / "similarity" / "model.json"
JUDGED = ROOT / "benchmarks" / "similarity" / "judged.csv"
Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
FOLDS, SHUFFLES, TENTHS, STEEPNESS = 5, 20, 10, 12.0
NEARLY = 0.03
"""Limits whose F1 is this near to the best are as good: so few pairs tell no more. The middle of them is taken."""


def main(data: Path) -> None:
    corpus = {row["rec_id"]: row["recommendation_text"] for row in _rows(data / "ofsted" / "recommendations.csv")}
    given = _rows(data / "recurrence" / "pairs.csv")
    theirs = {text for row in given for text in (row["a_text"], row["b_text"])}
    ours = [(corpus[row["a_id"]], corpus[row["b_id"]], row["same"] == "yes") for row in _rows(JUDGED)]
    ours = [pair for pair in ours if theirs.isdisjoint(pair[:2])]
    scorer = Scorer(_counted(sorted(set(corpus.values()))))
    pairs = [(row["a_text"], row["b_text"]) for row in given]
    by_two = Judged(scorer.signals(pairs), np.array([row["label"] == "2" for row in given]))
    by_one = Judged(scorer.signals([pair[:2] for pair in ours]), np.array([same for *_, same in ours]))
    shares = _shares(by_two, by_one)
    limit = _limit(by_two.signals @ shares, by_two.same)
    _write(scorer.model, STEEPNESS * shares, -STEEPNESS * limit)
    print(f"{len(given)} pairs of two readers, {by_two.same.sum()} the same; {len(ours)} of one reader beside them.")
    print(f"Shares of words, practices and meaning: {shares}; the same from {limit:.3f}.")
    print(f"On pairs not seen: {_unseen(by_two, by_one)}")
    overlap = np.array([_overlap(*pair) for pair in pairs])
    print(
        f"Plain overlap of words: area {_area(overlap, by_two.same):.3f}, "
        f"best possible F1 {_best(overlap, by_two.same):.3f}"
    )
    for name, place in (("words", 0), ("practices", 1), ("meaning", 2)):
        alone = by_two.signals[:, place]
        print(
            f"By {name} alone: area {_area(alone, by_two.same):.3f}, best possible F1 {_best(alone, by_two.same):.3f}"
        )


@dataclass(frozen=True)
class Judged:
    """Pairs as signals, a row each, and whether readers found them the same."""

    signals: Array
    same: Flags

    def some(self, which: npt.NDArray[np.intp]) -> "Judged":
        return Judged(self.signals[which], self.same[which])


def _shares(by_two: Judged, by_one: Judged) -> Array:
    """In tenths, as they rank both sets of pairs best: three free weights would be more than so few pairs can teach."""
    tenths = [
        (words, named, TENTHS - words - named) for words in range(TENTHS + 1) for named in range(TENTHS + 1 - words)
    ]
    return max(
        (np.array(each) / TENTHS for each in tenths),
        key=lambda shares: sum(_area(judged.signals @ shares, judged.same) for judged in (by_two, by_one)),
    )


def _limit(scores: Array, same: Flags) -> float:
    found = {float(limit): _f1(_decisions(scores >= limit, same)) for limit in np.unique(scores)}
    good = [limit for limit, f1 in found.items() if f1 >= max(found.values()) - NEARLY]
    return (min(good) + max(good)) / 2


def _unseen(by_two: Judged, by_one: Judged) -> str:
    """All of the learning is done again without each fifth, which is then judged; so many times, cut otherwise."""
    areas, decided = [], Counter[str]()
    for shuffle in range(SHUFFLES):
        odds = np.zeros(len(by_two.same))
        for kept, left in _folds(by_two.same, shuffle):
            seen = by_two.some(kept)
            shares = _shares(seen, by_one)
            odds[left] = by_two.signals[left] @ shares - _limit(seen.signals @ shares, seen.same)
        areas.append(_area(odds, by_two.same))
        decided += _decisions(odds >= 0, by_two.same)
    precision, recall = decided["right"] / decided["said"], decided["right"] / decided["there"]
    return f"area {np.mean(areas):.3f}, precision {precision:.3f}, recall {recall:.3f}, F1 {_f1(decided):.3f}"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _counted(texts: list[str]) -> Model:
    of_words = Counter(word for text in texts for word in words(text))
    of_practices = Counter(name for text in texts for name in practices(text))
    seen = {word: times for word, times in sorted(of_words.items()) if times > 1}
    centre = tuple(round(float(each), 6) for each in raw_meanings(texts).mean(axis=0))
    return Model(len(texts), seen, dict(sorted(of_practices.items())), centre, (1.0, 1.0, 1.0), 0.0)


def _folds(same: Flags, shuffle: int) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Each with its share of pairs that are the same."""
    chance = np.random.default_rng(shuffle)
    fold = np.zeros(len(same), dtype=int)
    for kind in (True, False):
        members = chance.permutation(np.flatnonzero(same == kind))
        fold[members] = np.arange(len(members)) % FOLDS
    return [(np.flatnonzero(fold != each), np.flatnonzero(fold == each)) for each in range(FOLDS)]


def _decisions(said: Flags, same: Flags) -> Counter[str]:
    return Counter({"right": int((said & same).sum()), "said": int(said.sum()), "there": int(same.sum())})


def _f1(decided: Counter[str]) -> float:
    return 2 * decided["right"] / (decided["said"] + decided["there"])


def _area(scores: Array, same: Flags) -> float:
    """Under the curve: how often a pair that is the same scores above one that is not."""
    above = scores[same][:, None] - scores[~same][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _best(scores: Array, same: Flags) -> float:
    found = [_decisions(scores >= limit, same) for limit in np.unique(scores)]
    return max(map(_f1, found))


def _overlap(one: str, other: str) -> float:
    mine, theirs = set(words(one)), set(words(other))
    return len(mine & theirs) / max(1, len(mine | theirs))


def _write(model: Model, coefficients: Array, intercept: float) -> None:
    kept = {
        "texts": model.texts,
        "intercept": round(intercept, 4),
        "weights": [round(float(each), 4) for each in coefficients],
        "practices": model.practices,
        "centre": model.centre,
        "words": model.words,
    }
    MODEL.write_text(json.dumps(kept, ensure_ascii=False, indent=1).replace("\n  ", " ") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
