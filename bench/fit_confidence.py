"""Fits the weights of the reader's confidence: `python bench/fit_confidence.py [--gold DIR]... [--write]`.

Every proposal on an annotated document is a sample: what is seen of it, and whether it is right (an expected assignment
with exactly its leads). What is wanted is the share that is right on documents nobody has looked at; but the rules were
written on the open ones. So each open document counts twice: as it is read, with a mark that it was looked at, and as
it would be read if nobody had (`bench/unseen.py`). A second mark tells our own documents, plainer than real ones. The
marks are fitted along and then left out. `bench/first_reading.tsv` is the first reading of our own set, before any rule
had been written on it, and the third of it that is never opened is fitted on too.

A logistic regression with a ridge is fitted (`bench/logistic.py`); a feature whose weight would go against what is
expected of it (second column of `bench/confidence_features.tsv`) has none. The ridge is the one that surprises least on
real documents left out of the fit and read as if unseen.

Last, two numbers are set, a slope and a base for the whole: so that the confidence agrees with what turned out on the
real documents read as if unseen (each predicted without itself) and on the held third of the given folders. Of the held
third nothing but scores is used, and nothing but these two numbers depends on it; it is measured with each of its
documents left out of them.

Without `--write` nothing is changed. `--gold DIR` adds a folder with `docs/` and `gold/`; no word of it goes into the
weights' file.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from pathlib import Path
from statistics import mean
from typing import Annotated

import typer

import logistic
import unseen
from dondoc.cli.bench import OWN, ROOT
from dondoc.reader import confidence, scoring
from dondoc.reader.api import read_file, to_json

WEIGHTS = ROOT / "src/dondoc/reader/data/confidence.json"
FEATURES = Path(__file__).parent / "confidence_features.tsv"
RIDGES = (1.0, 2.0, 4.0, 8.0, 16.0)
FOLDS = 10
LEAST_SEEN = 8
DRAWS = 500
# Marks of a document, fitted along and then left out: it was looked at; it is one of our own.
LOOKED_AT, OWN_WORDS = "document looked at", "document of our own"
SIGNS = {"+": 1, "-": -1, "?": 0}


@dataclass(frozen=True)
class Sample:
    """One proposal: its document, what is seen of it, whether it is right, and what of document it stands in."""

    document: str
    seen: frozenset[str]
    right: bool
    own: bool
    held: bool
    unseen: bool

    @property
    def marked(self) -> frozenset[str]:
        """What is seen of it, and the marks of its document."""
        marks = set() if self.unseen else {LOOKED_AT}
        return self.seen | marks | ({OWN_WORDS} if self.own else set())


Predicted = list[tuple[float, Sample]]


def first_reading() -> list[Sample]:
    """The proposals of the first reading of our own set."""
    out = []
    for line in (Path(__file__).parent / "first_reading.tsv").read_text(encoding="utf-8").splitlines():
        name, right, seen = line.split("\t")
        features = frozenset(seen.split(", "))
        out.append(Sample(f"{OWN}/{name}", features, right == "1", own=True, held=False, unseen=True))
    return out


def samples(folders: list[Path]) -> tuple[list[Sample], list[Sample]]:
    """All proposals as they are read, and those of the open documents as if nobody had looked at these."""
    known, new = [], []
    cases = {f"{f}/{c.name}": (f == OWN, c) for f in folders for c in scoring.cases(f / "gold", f / "docs")}
    alone = unseen.of_one_alone({name: case.path for name, (_, case) in cases.items() if not case.held})
    for name, (own, case) in cases.items():
        known += _proposals(name, case, own=own, unseen=case.held)
        if not case.held:
            with unseen.without(alone[name]):
                new += _proposals(name, case, own=own, unseen=True)
    return known, new


def _proposals(name: str, case: scoring.Case, *, own: bool, unseen: bool) -> list[Sample]:
    reading = read_file(case.path)
    seen = confidence.features(reading.assignments, reading.document.text, reading.document_header)
    right = scoring.right(case.gold, to_json(reading))
    return [Sample(name, s, r, own, case.held, unseen) for s, r in zip(seen, right, strict=True)]


def features() -> dict[str, tuple[int, str]]:
    """Every feature: the direction that its weight may have, and what it says in words."""
    rows = (line.split("\t") for line in FEATURES.read_text(encoding="utf-8").splitlines() if line)
    return {name: (SIGNS[sign], says) for name, sign, says in rows}


def fit(some: list[Sample], ridge: float) -> dict[str, float]:
    """Fit base, marks and weights; a feature that hardly occurs has none. Base and marks are not held down."""
    signs = {name: sign for name, (sign, _) in features().items()}
    rows = [(s.marked, s.right) for s in some]
    return logistic.fit(rows, ridge, least=LEAST_SEEN, free=(LOOKED_AT, OWN_WORDS), signs=signs)


def score(weights: dict[str, float], seen: frozenset[str]) -> float:
    return weights["base"] + sum(weights.get(name, 0.0) for name in seen)


def across(some: list[Sample], ridge: float) -> Predicted:
    """Score each document with weights that were fitted without it."""
    fold = {name: i % FOLDS for i, name in enumerate(sorted({s.document for s in some}))}
    out = []
    for k in range(FOLDS):
        weights = fit([s for s in some if fold[s.document] != k], ridge)
        out += [(score(weights, s.marked), s) for s in some if fold[s.document] == k]
    return out


def real_and_unseen(scored: Predicted) -> Predicted:
    return [(z, s) for z, s in scored if s.unseen and not s.own]


def surprise(scored: Predicted) -> float:
    """The surprise at what turned out: small where the stated shares are right and sharp."""
    return mean(-log(logistic.share(z) if s.right else logistic.share(-z)) for z, s in scored)


def line_of(scored: Predicted) -> Callable[[float], float]:
    """The slope and base that make scores agree with what turned out, as a way from a score to a confidence."""
    slope, base = logistic.line_of([(z, s.right) for z, s in scored])
    return lambda z: min(confidence.MOST, max(confidence.LEAST, logistic.share(slope * z + base)))


def left_out(held: Predicted, others: Predicted) -> list[tuple[float, bool]]:
    """The held documents, each with the slope and base that are set without it."""
    out = []
    for name in sorted({s.document for _, s in held}):
        stated = line_of([*others, *((z, s) for z, s in held if s.document != name)])
        out += [(stated(z), s.right) for z, s in held if s.document == name]
    return out


def floor(stated: Sequence[float]) -> tuple[float, float]:
    """The calibration error that chance alone gives perfect confidences: the mean, and what one in twenty passes."""
    chance = random.Random(len(stated))
    draws = sorted(
        scoring.calibration_error(scoring.calibration([(c, chance.random() < c) for c in stated])) for _ in range(DRAWS)
    )
    return mean(draws), draws[DRAWS * 19 // 20]


def report(title: str, proposals: list[tuple[float, bool]]) -> None:
    if not proposals:
        return
    table = scoring.calibration(proposals)
    usual, rare = floor([c for c, _ in proposals])
    print(
        f"{title}: {len(proposals)} proposals, {mean(r for _, r in proposals):.3f} right, "
        f"mean confidence {mean(c for c, _ in proposals):.3f}; "
        f"calibration error {scoring.calibration_error(table):.3f} (by chance alone {usual:.3f}, up to {rare:.3f}); "
        f"{scoring.share_sure(proposals):.0%} of the right ones at {scoring.SURE} or more"
    )
    print("   " + " ".join(f"{b.sure:.2f}/{b.right:.2f}" for b in table))


def write(weights: dict[str, float], fitted_on: str, set_on: str) -> None:
    said = features()
    kept = {name: w for name, w in weights.items() if name != "base"}
    rows = [
        f"  {json.dumps(name, ensure_ascii=False)}: "
        f"{json.dumps({'weight': round(w, 3), 'says': said[name][1]}, ensure_ascii=False)}"
        for name, w in sorted(kept.items(), key=lambda item: -abs(item[1]))
        if round(w, 3)
    ]
    WEIGHTS.write_text(
        "{\n"
        f' "fitted": {json.dumps(fitted_on, ensure_ascii=False)},\n'
        f' "set": {json.dumps(set_on, ensure_ascii=False)},\n'
        f' "base": {weights["base"]:.3f},\n'
        ' "features": {\n' + ",\n".join(rows) + "\n }\n}\n",
        encoding="utf-8",
    )


def main(
    gold: Annotated[list[Path] | None, typer.Option(help="A folder with docs/ and gold/; may be repeated.")] = None,
    to: Annotated[bool, typer.Option("--write", help="Write the weights into the package.")] = False,
) -> None:
    """Fit, measure, and with --write ship the weights."""
    known, new = samples([OWN, *(gold or [])])
    usable = [s for s in known if s.own or not s.held] + new + first_reading()
    tried = {ridge: across(usable, ridge) for ridge in RIDGES}
    ridge = min(RIDGES, key=lambda r: surprise(real_and_unseen(tried[r]) or tried[r]))
    weights = {name: w for name, w in fit(usable, ridge).items() if name not in (LOOKED_AT, OWN_WORDS)}
    as_unseen = real_and_unseen(tried[ridge]) or [(z, s) for z, s in tried[ridge] if s.unseen]
    held = [(score(weights, s.seen), s) for s in known if s.held and not s.own]
    slope, base = logistic.line_of([(z, s.right) for z, s in [*as_unseen, *held]])
    print(f"ridge {ridge:g}, slope {slope:.2f}, base {base:+.2f}; without the held third:")
    without = line_of(as_unseen)
    report("given, held, of which nothing was used", [(without(z), s.right) for z, s in held])
    report("given, held, each document left out of slope and base", left_out(held, as_unseen))
    print("as written:")
    weights = {name: slope * w + (base if name == "base" else 0.0) for name, w in weights.items()}
    for title, some in (
        ("given, open, as if unseen", [s for s in new if not s.own]),
        ("given, held", [s for s in known if s.held and not s.own]),
        ("given, open", [s for s in known if not s.own and not s.held]),
        ("given, all", [s for s in known if not s.own]),
        ("our own, all", [s for s in known if s.own]),
        ("all", known),
    ):
        stated = [min(confidence.MOST, max(confidence.LEAST, logistic.share(score(weights, s.seen)))) for s in some]
        report(title, [(c, s.right) for c, s in zip(stated, some, strict=True)])
    print(f"base {weights['base']:+.2f}")
    for name, weight in sorted(weights.items(), key=lambda item: -abs(item[1]))[:16]:
        print(f"   {weight:+.2f} {name}")
    if to:
        today = date.today().isoformat()  # noqa: DTZ011
        documents = len({s.document for s in usable})
        both = len({s.document for _, s in [*as_unseen, *held]})
        write(
            weights,
            f"{len(usable)} proposals of {documents} annotated documents, open ones read twice, {today}",
            f"slope {slope:.2f} and base {base:+.2f}, set on {len(as_unseen) + len(held)} proposals of {both} real "
            f"documents, {len({s.document for _, s in held})} of them the held third, {today}",
        )


if __name__ == "__main__":
    typer.run(main)
