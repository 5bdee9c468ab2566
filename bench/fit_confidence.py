"""Fits the weights of the reader's confidence: `python bench/fit_confidence.py [--gold DIR]... [--write]`.

Every proposal on an annotated document is a sample: what is seen of it, and whether it is right (an expected assignment
with exactly its leads). A logistic regression with a ridge is fitted by Newton's method in plain Python, on the open
documents of the given folders and on all of our own. The held third of a given folder is not fitted on in any way, base
and ridge included: it is measured at the end, and only its shares are printed.

Rules are righter on documents that were looked at while they were written than on any other, and our own documents are
plainer than real ones. Both are told apart by two marks that are fitted along and then left out, so that the base is
that of a real document nobody has looked at. How much looking gains is said by the third of our own set that is never
opened, and by `bench/first_reading.tsv`: what was seen of each proposal, and whether it was right, when our own set was
read for the first time, before any rule had been written on it.
The ridge is the one that predicts documents left out of the fit best.

Without `--write` nothing is changed; it prints the calibration by cross-validation over documents and on the held
documents. `--gold DIR` adds a folder with `docs/` and `gold/`; no word of it goes into the weights' file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from math import exp, log
from pathlib import Path
from statistics import mean
from typing import Annotated

import typer

from dondoc.cli.bench import OWN, ROOT
from dondoc.reader import confidence, scoring
from dondoc.reader.api import read_file, to_json

WEIGHTS = ROOT / "src/dondoc/reader/data/confidence.json"
RIDGES = (0.12, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
FOLDS = 10
LEAST_SEEN = 8
# Marks of a document, fitted along and then left out: it was looked at; it is one of our own.
LOOKED_AT, OWN_WORDS = "document looked at", "document of our own"


@dataclass(frozen=True)
class Sample:
    """One proposal: its document, what is seen of it, whether it is right, and whether it may be fitted on."""

    document: str
    seen: frozenset[str]
    right: bool
    own: bool
    held: bool

    @property
    def marked(self) -> frozenset[str]:
        """What is seen of it, and the marks of its document."""
        marks = {LOOKED_AT} if not self.held else set()
        return self.seen | marks | ({OWN_WORDS} if self.own else set())


def first_reading() -> list[Sample]:
    """The proposals of the first reading of our own set."""
    out = []
    for line in (Path(__file__).parent / "first_reading.tsv").read_text(encoding="utf-8").splitlines():
        name, right, seen = line.split("\t")
        out.append(Sample(f"{OWN}/{name}", frozenset(seen.split(", ")), right == "1", own=True, held=True))
    return out


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


def fit(some: list[Sample], ridge: float) -> dict[str, float]:
    """Fit base, marks and weights; a feature that hardly occurs has none. Base and marks are not held down."""
    counts: dict[str, int] = {}
    for s in some:
        for name in s.marked:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n, c in counts.items() if LEAST_SEEN <= c <= len(some) - LEAST_SEEN)
    place = {name: i + 1 for i, name in enumerate(names)}
    rows = [([0, *sorted(place[n] for n in s.marked if n in place)], float(s.right)) for s in some]
    weights = [0.0] * (len(names) + 1)
    held_down = [0.01 if i == 0 or names[i - 1] in (LOOKED_AT, OWN_WORDS) else ridge for i in range(len(weights))]
    for _ in range(25):
        gradient = [-down * w for down, w in zip(held_down, weights, strict=True)]
        curve = [[0.0] * len(weights) for _ in weights]
        for i, down in enumerate(held_down):
            curve[i][i] = down
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


def losses(proposals: list[tuple[float, bool]]) -> list[float]:
    """The surprise at what turned out of each proposal: small where the stated shares are right and sharp."""
    return [-log(p if right else 1 - p) for p, right in proposals]


def best_ridge(some: list[Sample]) -> float:
    """The ridge under which what turns out in left-out documents surprises least."""
    return min(RIDGES, key=lambda ridge: mean(losses(across(some, ridge))))


def report(title: str, proposals: list[tuple[float, bool]]) -> None:
    if not proposals:
        return
    table = scoring.calibration(proposals)
    share = sum(r for _, r in proposals) / len(proposals)
    sure = mean(c for c, _ in proposals)
    print(
        f"{title}: {len(proposals)} proposals, {share:.3f} right, mean confidence {sure:.3f}; "
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
        out += [(predicted(weights, s.marked), s.right) for s in some if fold[s.document] == k]
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
) -> None:
    """Fit, measure, and with --write ship the weights."""
    every = samples([OWN, *(gold or [])])
    usable = [s for s in every if s.own or not s.held] + first_reading()
    ridge = best_ridge(usable)
    report(f"usable, each document predicted without it, ridge {ridge:g}", across(usable, ridge))
    fitted = fit(usable, ridge)
    weights = {name: w for name, w in fitted.items() if name not in (LOOKED_AT, OWN_WORDS)}
    for title, some in (
        ("our own, all", [s for s in every if s.own]),
        ("given, open", [s for s in every if not s.own and not s.held]),
        ("given, held", [s for s in every if not s.own and s.held]),
        ("given, all", [s for s in every if not s.own]),
        ("all", every),
    ):
        report(title, [(predicted(weights, s.seen), s.right) for s in some])
    print(f"base {weights['base']:+.2f}, looked at {fitted[LOOKED_AT]:+.2f}, our own {fitted.get(OWN_WORDS, 0):+.2f}")
    for name, weight in sorted(weights.items(), key=lambda item: -abs(item[1]))[:16]:
        print(f"   {weight:+.2f} {name}")
    if to:
        documents = len({s.document for s in usable})
        note = f"{len(usable)} proposals of {documents} annotated documents, {date.today().isoformat()}"  # noqa: DTZ011
        write(weights, note, WEIGHTS)


if __name__ == "__main__":
    typer.run(main)
