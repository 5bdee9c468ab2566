"""How well a reading agrees with what a careful officer found in the same document.

Both sides are the JSON of `dondoc read`: the expected one is written by hand (tests/corpus/own/README.md says how).
Assignments pair one to one by the overlap of their places, best first; a proposal is *right* when it has a partner
and exactly its leads.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Found = dict[str, Any]
Counts = dict[str, int]
HEADER = ("number", "kind", "issuer", "issued_on", "signer")
LEAST_OVERLAP = 0.4
BINS = 10
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated document: its name, its file, what is expected of it, whether it is held out."""

    name: str
    path: Path
    gold: Found
    held: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Some proposals of like confidence: how many, how sure they were on average, what share was right."""

    size: int
    sure: float
    right: float


def held_out(name: str) -> bool:
    """Whether a document belongs to the fixed third that is scored and never opened while rules are written."""
    return int(hashlib.sha256(f"{name}.txt".encode()).hexdigest(), 16) % 3 == 0


def cases(gold: Path, docs: Path) -> Iterator[Case]:
    """Gives the annotated documents of two folders in the order of their names."""
    for path in sorted(gold.glob("*.json")):
        files = sorted(p for p in docs.glob(f"{path.stem}.*") if p.is_file())
        if files:
            yield Case(path.stem, files[0], json.loads(path.read_text("utf-8")), held_out(path.stem))


def fold(value: object) -> str:
    """Makes two spellings of one name equal: case, spaces, composition, closing marks and "đồng chí" do not count."""
    text = unicodedata.normalize("NFC", str(value or "")).replace("\u00d0", "Đ").casefold()
    text = " ".join(text.split()).strip(" .,;:-–")
    return re.sub(r"^(các )?đồng chí ", "", text)


def names(values: Iterable[str] | None) -> set[str]:
    """The names of a list, folded."""
    return {fold(v) for v in values or ()}


def overlap(a: Sequence[int], b: Sequence[int]) -> float:
    """The share that two places have in common of what they cover together."""
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common else 0.0


def pairs(
    gold: Sequence[Found],
    found: Sequence[Found],
    least: float,
    same: Callable[[Found, Found], bool] = lambda g, f: True,
) -> list[tuple[int, int]]:
    """Pairs what was expected with what was found, one to one by overlap, best first."""
    rated = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            rate = overlap(g["span"], f["span"])
            if rate > 0 and rate >= least and same(g, f):
                rated.append((-rate, i, j))
    rated.sort(key=lambda t: t[0])
    left: set[int] = set()
    right: set[int] = set()
    out = []
    for _, i, j in rated:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def assignment_pairs(gold: Found, out: Found) -> list[tuple[int, int]]:
    """Pairs the assignments of a document with the proposals for it."""
    return pairs(gold.get("assignments", []), out.get("assignments", []), LEAST_OVERLAP)


def due_key(due: Found | None) -> tuple[Any, ...]:
    """What of a due day counts when two are compared."""
    due = due or {}
    return tuple(due.get(k) or None for k in ("kind", "on", "every"))


def same_leads(g: Found, f: Found) -> bool:
    """Whether two assignments are laid upon exactly the same."""
    return names(g["leads"]) == names(f.get("leads"))


def same_number(g: Found, f: Found) -> bool:
    """Whether two claims state the same number of the same total."""
    return all(_number(g.get(key)) == _number(f.get(key)) for key in ("value", "of"))


def right(gold: Found, out: Found) -> list[bool]:
    """Says of each proposal, in their order, whether it is one of the expected assignments with exactly its leads."""
    proposals = out.get("assignments", [])
    good = {j for i, j in assignment_pairs(gold, out) if same_leads(gold["assignments"][i], proposals[j])}
    return [j in good for j in range(len(proposals))]


def count(gold: Found, out: Found) -> Counts:
    """Counts what was expected, found and right in one document."""
    ga, fa = gold.get("assignments", []), out.get("assignments", [])
    paired = assignment_pairs(gold, out)
    n = {"gold": len(ga), "found": len(fa), "hit": len(paired), "lead": 0, "due": 0, "c_hit": 0, "c_found": 0}
    for i, j in paired:
        g, f = ga[i], fa[j]
        n["lead"] += same_leads(g, f)
        n["due"] += due_key(g.get("due")) == due_key(f.get("due"))
        n["c_hit"] += len(names(g.get("coordinators")) & names(f.get("coordinators")))
        n["c_found"] += len(names(f.get("coordinators")))
    n["c_gold"] = sum(len(names(a.get("coordinators"))) for a in ga)
    # Where nobody looked at the claims (reviews of an office), none is expected and none is wrong.
    gf, ff = (gold["figures"], out.get("figures", [])) if "figures" in gold else ([], [])
    stated = pairs(gf, ff, 0.0, same_number)
    expected = {k: v for k, v in gold.get("document", {}).items() if k in HEADER and v}
    head = out.get("document") or {}
    return n | {
        "f_gold": len(gf),
        "f_found": len(ff),
        "f_hit": len(stated),
        "f_state": sum(gf[i].get("state") == ff[j].get("state") for i, j in stated),
        "h_gold": len(expected),
        "h_hit": sum(fold(v) == fold(head.get(k)) for k, v in expected.items()),
    }


def add(*counts: Counts) -> Counts:
    """Adds up the counts of several documents."""
    return {k: sum(n[k] for n in counts) for k in (counts[0] if counts else {})}


def f1(hit: int, found: int, gold: int) -> float:
    """The harmonic mean of what share of the found is right and what share of the expected was found."""
    return 2 * hit / (found + gold) if found + gold else 0.0


def scores(n: Counts) -> dict[str, float]:
    """The scores of some counts, each from 0 to 1."""
    return {
        "assignment": f1(n["lead"], n["found"], n["gold"]),
        "detect": f1(n["hit"], n["found"], n["gold"]),
        "precision": n["hit"] / max(n["found"], 1),
        "recall": n["hit"] / max(n["gold"], 1),
        "lead": n["lead"] / max(n["hit"], 1),
        "due": n["due"] / max(n["hit"], 1),
        "coordinator": f1(n["c_hit"], n["c_found"], n["c_gold"]),
        "figure": f1(n["f_state"], n["f_found"], n["f_gold"]),
        "figure_detect": f1(n["f_hit"], n["f_found"], n["f_gold"]),
        "header": n["h_hit"] / max(n["h_gold"], 1),
    }


def calibration(proposals: Iterable[tuple[float, bool]], bins: int = BINS) -> list[Bin]:
    """Sorts proposals (confidence, whether right) into bins of equal size, least sure first."""
    ranked = sorted(proposals, key=lambda p: p[0])
    edges = [round(k * len(ranked) / bins) for k in range(bins + 1)]
    cut = [ranked[a:b] for a, b in pairwise(edges) if b > a]
    return [Bin(len(b), sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b)) for b in cut]


def calibration_error(table: Sequence[Bin]) -> float:
    """The expected calibration error: how far, on average, the stated confidence is from the share that is right."""
    size = sum(b.size for b in table)
    return sum(b.size * abs(b.sure - b.right) for b in table) / size if size else 0.0


def share_sure(proposals: Iterable[tuple[float, bool]], least: float = SURE) -> float:
    """The share of the right proposals that stand at this confidence or above."""
    good = [c for c, is_right in proposals if is_right]
    return sum(c >= least for c in good) / len(good) if good else 0.0


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)
