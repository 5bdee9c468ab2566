"""The numbers of docs/reader.md, made from the run of the bench that bench/last.json keeps.

Each block between `<!-- NAME -->` and `<!-- /NAME -->` is written anew by `make docs`; all else is written by hand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from dondoc.reader import scoring

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reader.md"
LAST = ROOT / "bench/last.json"
WORDS = {
    "missed": "an assignment that was not found",
    "extra": "a proposal that is no assignment",
    "leads": "found, with other leads",
    "due": "found, with another due day",
    "with": "found, with other coordinators",
}
STRONGEST = 12


def page() -> str:
    """Give the page with its blocks as the stored run has them."""
    run: dict[str, Any] = json.loads(LAST.read_text(encoding="utf-8"))
    text = PAGE.read_text(encoding="utf-8")
    for name, block in (
        ("scores", scores(run)),
        ("kinds", kinds(run)),
        ("misses", misses(run)),
        ("calibration", calibration(run)),
        ("features", features()),
    ):
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m, b=block: f"{m[1]}{b}\n{m[2]}", text, flags=re.DOTALL
        )
    return text


def table(head: list[str], rows: list[list[str]]) -> str:
    """Write a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def scores(run: dict[str, Any]) -> str:
    """Every metric on the open documents, the held third, and all."""
    parts = {
        "open": [d["counts"] for d in run.values() if not d["held"]],
        "held third": [d["counts"] for d in run.values() if d["held"]],
        "all": [d["counts"] for d in run.values()],
    }
    rates = {part: scoring.scores(scoring.add(*some)) for part, some in parts.items()}
    rows = [[key, *(f"{rates[part][key]:.3f}" for part in parts)] for key in rates["all"]]
    rows.append(["documents", *(str(len(some)) for some in parts.values())])
    return table(["", *parts], rows)


def kinds(run: dict[str, Any]) -> str:
    """Assignments by the kind of the document."""
    by_kind: dict[str, list[scoring.Counts]] = {}
    for document in run.values():
        by_kind.setdefault(document["kind"] or "?", []).append(document["counts"])
    rows = []
    for kind, some in sorted(by_kind.items()):
        n = scoring.add(*some)
        rows.append(
            [
                kind,
                str(len(some)),
                str(n["gold"]),
                str(n["found"]),
                str(n["lead"]),
                f"{n['lead'] / max(n['gold'], 1):.0%}",
            ]
        )
    return table(["kind", "documents", "assignments", "proposals", "right", "share right"], rows)


def misses(run: dict[str, Any]) -> str:
    """The misses by kind, commonest first."""
    total: Counter[str] = Counter()
    for document in run.values():
        total.update(document["misses"])
    return table(["miss", "times"], [[WORDS[kind], str(times)] for kind, times in total.most_common()])


def calibration(run: dict[str, Any]) -> str:
    """Ten bins of equal size: how sure the reader was, and what share was right."""
    proposals = [(sure, bool(ok)) for document in run.values() for sure, ok in document["proposals"]]
    bins = scoring.calibration(proposals)
    rows = [[str(b.size), f"{b.sure:.2f}", f"{b.right:.2f}"] for b in bins]
    said = (
        f"Calibration error {scoring.calibration_error(bins):.3f} over {len(proposals)} proposals; "
        f"{scoring.share_sure(proposals):.0%} of the right ones stand at {scoring.SURE} or more."
    )
    return table(["proposals", "mean confidence", "share right"], rows) + "\n\n" + said


def features() -> str:
    """The strongest features of the confidence."""
    text = files("dondoc.reader.data").joinpath("confidence.json").read_text("utf-8")
    known = json.loads(text)
    rows = [
        [f"{entry['weight']:+.2f}", name, entry["says"]] for name, entry in list(known["features"].items())[:STRONGEST]
    ]
    return (
        table(["weight", "feature", "in words"], rows)
        + f"\n\nFitted on {known['fitted']}; {known['set']}; base {known['base']:+.2f}."
    )
