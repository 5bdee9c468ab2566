"""Fits the weights of the reader's confidence: `python bench/fit_confidence.py [--gold DIR]... [--write]`.

Every proposal on an annotated document is a sample: what is seen of it, and whether it is right (an expected assignment
with exactly its leads). A logistic regression with a ridge is fitted by Newton's method in plain Python on the open
documents. The rules were written while looking at these, so they are righter there than anywhere else. One constant is
therefore taken from the held third: the base is moved until the mean confidence there is the share that is right there,
a number that the bench prints anyway. Nothing else is taken from it.

Without `--write` nothing is changed; it prints the calibration by cross-validation over documents and on the held
documents. `--gold DIR` adds a folder with `docs/` and `gold/`; no word of it goes into the weights' file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from math import exp
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.bench import OWN, ROOT
from dondoc.reader import confidence, scoring
from dondoc.reader.api import read_file, to_json

WEIGHTS = ROOT / "src/dondoc/reader/data/confidence.json"
RIDGE = 2.0
FOLDS = 6
LEAST_SEEN = 8


@dataclass(frozen=True)
class Sample:
    """One proposal: its document, what is seen of it, whether it is right, and whether it may be fitted on."""

    document: str
    seen: frozenset[str]
    right: bool
    own: bool
    held: bool


def samples(folders: list[Path]) -> list[Sample]:
    found = []
    for folder in folders:
        for case in scoring.cases(folder / "gold", folder / "docs"):
            reading = read_file(case.path)
            seen = confidence.features(reading.assignments, reading.document.text, reading.document_header)
            right = scoring.right(case.gold, to_json(reading))
            own = folder == OWN
            found += [Sample(f"{folder}/{case.name}", s, r, own, case.held) for s, r in zip(seen, right, strict=True)]
    return found


def solve(matrix: list[list[float]], target: list[float]) -> list[float]:
    """Solve a system of linear equations by elimination."""
    size = len(target)
    rows = [[*row, value] for row, value in zip(matrix, target, strict=True)]
    for i in range(size):
        best = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                for j in range(i, size + 1):
                    rows[k][j] -= factor * rows[i][j]
    out = [0.0] * size
    for i in reversed(range(size)):
        out[i] = (rows[i][size] - sum(rows[i][j] * out[j] for j in range(i + 1, size))) / rows[i][i]
    return out


def fit(some: list[Sample], ridge: float = RIDGE) -> dict[str, float]:
    """Fit base and weights; a feature that hardly occurs has none."""
    counts: dict[str, int] = {}
    for s in some:
        for name in s.seen:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n, c in counts.items() if LEAST_SEEN <= c <= len(some) - LEAST_SEEN)
    place = {name: i + 1 for i, name in enumerate(names)}
    rows = [([0, *sorted(place[n] for n in s.seen if n in place)], float(s.right)) for s in some]
    weights = [0.0] * (len(names) + 1)
    for _ in range(25):
        gradient = [-ridge * w if i else 0.0 for i, w in enumerate(weights)]
        curve = [[0.0] * len(weights) for _ in weights]
        for i in range(len(weights)):
            curve[i][i] = ridge if i else 1e-6
        for on, right in rows:
            p = 1 / (1 + exp(-sum(weights[i] for i in on)))
            for i in on:
                gradient[i] += right - p
                for j in on:
                    curve[i][j] += p * (1 - p)
        step = solve(curve, gradient)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-8:
            break
    return {"base": weights[0]} | {name: weights[i] for name, i in place.items()}


def predicted(weights: dict[str, float], seen: frozenset[str]) -> float:
    score = weights["base"] + sum(weights.get(name, 0.0) for name in seen)
    return min(confidence.MOST, max(confidence.LEAST, 1 / (1 + exp(-score))))


def moved(weights: dict[str, float], unseen: list[Sample]) -> dict[str, float]:
    """Move the base until the mean confidence on documents nobody looked at is the share that is right there."""
    share = sum(s.right for s in unseen) / len(unseen)
    low, high = weights["base"] - 5, weights["base"] + 5
    for _ in range(50):
        middle = (low + high) / 2
        mean = sum(predicted(weights | {"base": middle}, s.seen) for s in unseen) / len(unseen)
        low, high = (low, middle) if mean > share else (middle, high)
    return weights | {"base": (low + high) / 2}


def report(title: str, proposals: list[tuple[float, bool]]) -> None:
    if not proposals:
        return
    table = scoring.calibration(proposals)
    share = sum(r for _, r in proposals) / len(proposals)
    mean = sum(c for c, _ in proposals) / len(proposals)
    print(
        f"{title}: {len(proposals)} proposals, {share:.3f} right, mean confidence {mean:.3f}; "
        f"calibration error {scoring.calibration_error(table):.3f}; "
        f"{scoring.share_sure(proposals):.0%} of the right ones at {scoring.SURE} or more"
    )
    print("   " + " ".join(f"{b.sure:.2f}/{b.right:.2f}" for b in table))


def across(some: list[Sample], ridge: float) -> list[tuple[float, bool]]:
    """Predict each document with weights that were fitted without it."""
    documents = sorted({s.document for s in some})
    fold = {name: i % FOLDS for i, name in enumerate(documents)}
    out = []
    for k in range(FOLDS):
        weights = fit([s for s in some if fold[s.document] != k], ridge)
        out += [(predicted(weights, s.seen), s.right) for s in some if fold[s.document] == k]
    return out


def write(weights: dict[str, float], fitted_on: str, path: Path) -> None:
    said = says()
    kept = {name: w for name, w in weights.items() if name != "base"}
    rows = [
        f"  {json.dumps(name, ensure_ascii=False)}: "
        f"{json.dumps({'weight': round(w, 3), 'says': said[name]}, ensure_ascii=False)}"
        for name, w in sorted(kept.items(), key=lambda item: -abs(item[1]))
    ]
    path.write_text(
        "{\n"
        f' "fitted": {json.dumps(fitted_on, ensure_ascii=False)},\n'
        f' "base": {weights["base"]:.3f},\n'
        ' "features": {\n' + ",\n".join(rows) + "\n }\n}\n",
        encoding="utf-8",
    )


def says() -> dict[str, str]:
    """The words for each feature: those of the present file, and of the table beside this program for new ones."""
    table = (Path(__file__).parent / "confidence_features.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in table.splitlines() if line)


def main(
    gold: Annotated[list[Path] | None, typer.Option(help="A folder with docs/ and gold/; may be repeated.")] = None,
    to: Annotated[bool, typer.Option("--write", help="Write the weights into the package.")] = False,
    ridge: float = RIDGE,
) -> None:
    """Fit, measure, and with --write ship the weights."""
    every = samples([OWN, *(gold or [])])
    usable = [s for s in every if not s.held]
    report("open, each document predicted without it, before the base is moved", across(usable, ridge))
    fitted = fit(usable, ridge)
    weights = moved(fitted, [s for s in every if s.held])
    for title, some in (
        ("own, open", [s for s in every if s.own and not s.held]),
        ("own, held", [s for s in every if s.own and s.held]),
        ("other, open", [s for s in every if not s.own and not s.held]),
        ("held, all", [s for s in every if s.held]),
        ("other, held", [s for s in every if not s.own and s.held]),
    ):
        report(title, [(predicted(weights, s.seen), s.right) for s in some])
    print(f"base {fitted['base']:.2f} moved to {weights['base']:.2f}")
    for name, weight in sorted(weights.items(), key=lambda item: -abs(item[1]))[:16]:
        print(f"   {weight:+.2f} {name}")
    if to:
        documents = len({s.document for s in usable})
        note = f"{len(usable)} proposals of {documents} annotated documents, {date.today().isoformat()}"  # noqa: DTZ011
        write(weights, note, WEIGHTS)


if __name__ == "__main__":
    typer.run(main)
