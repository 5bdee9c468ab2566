"""How well the reader reads: `python bench/reader.py --gold DIR --docs DIR [--per-document] [--misses]`.

Pairs found with expected assignments one to one by the overlap of their spans (intersection over union of at least
0.4, best first), as the gold guide describes. A fixed third of the documents, chosen by a hash of the file name
(sha256 of "NAME.txt" modulo 3 is 0), is held out: it is scored, never shown by --misses.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

from dondoc.reader.api import read_bytes, to_json

Counts = dict[str, int]
HEADER = ("number", "kind", "issuer", "issued_on", "signer")


def held_out(stem: str) -> bool:
    return int(hashlib.sha256(f"{stem}.txt".encode()).hexdigest(), 16) % 3 == 0


def fold(value: object) -> str:
    text = unicodedata.normalize("NFC", str(value or "")).replace("\u00d0", "Đ").casefold()
    text = " ".join(text.split()).strip(" .,;:-–")
    return re.sub(r"^(các )?đồng chí ", "", text)


def names(values: list[str] | None) -> set[str]:
    return {fold(v) for v in values or []}


def share_of_union(a: list[int], b: list[int]) -> float:
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common else 0.0


def match(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], least: float, same: Any = lambda g, f: True
) -> list[tuple[int, int]]:
    """One-to-one pairs by overlap, best first."""
    rated = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            rate = share_of_union(g["span"], f["span"])
            if rate > 0 and rate >= least and same(g, f):
                rated.append((-rate, i, j))
    rated.sort(key=lambda t: t[0])
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in rated:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def due_key(due: dict[str, Any] | None) -> tuple[Any, ...]:
    due = due or {}
    return tuple(due.get(k) or None for k in ("kind", "on", "every"))


def number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def count(gold: dict[str, Any], out: dict[str, Any]) -> Counts:
    """What was expected, found and right in one document."""
    ga, fa = gold.get("assignments", []), out.get("assignments", [])
    pairs = match(ga, fa, 0.4)
    n: Counts = {
        "gold": len(ga),
        "found": len(fa),
        "hit": len(pairs),
        "lead": 0,
        "due": 0,
        "c_hit": 0,
        "c_found": 0,
    }
    for i, j in pairs:
        n["lead"] += names(ga[i]["leads"]) == names(fa[j]["leads"])
        n["due"] += due_key(ga[i].get("due")) == due_key(fa[j].get("due"))
        g, f = names(ga[i].get("coordinators")), names(fa[j].get("coordinators"))
        n["c_hit"] += len(g & f)
        n["c_found"] += len(f)
    n["c_gold"] = sum(len(names(a.get("coordinators"))) for a in ga)
    gf, ff = gold.get("figures", []), out.get("figures", [])
    figures = match(
        gf,
        ff,
        0.0,
        lambda g, f: (number(g["value"]), number(g.get("of"))) == (number(f["value"]), number(f.get("of"))),
    )
    n |= {
        "f_gold": len(gf),
        "f_found": len(ff),
        "f_hit": len(figures),
        "f_state": sum(gf[i].get("state") == ff[j].get("state") for i, j in figures),
    }
    expected = {k: v for k, v in gold.get("document", {}).items() if k in HEADER and v}
    n["h_gold"] = len(expected)
    n["h_hit"] = sum(fold(v) == fold(out["document"].get(k)) for k, v in expected.items())
    return n


def f1(hit: int, found: int, gold: int) -> float:
    return 2 * hit / (found + gold) if found + gold else 0.0


def scores(n: Counts) -> dict[str, float]:
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


def show_misses(stem: str, text: str, gold: dict[str, Any], out: dict[str, Any]) -> None:
    ga, fa = gold["assignments"], out["assignments"]
    pairs = match(ga, fa, 0.4)
    print(f"===== {stem}")
    for i, g in enumerate(ga):
        if i not in {p[0] for p in pairs}:
            print("  MISSED", g["leads"], repr(text[slice(*g["span"])][:150]))
    for j, f in enumerate(fa):
        if j not in {p[1] for p in pairs}:
            print("  EXTRA ", f["rule"], f["leads"], repr(f["text"][:150]))
    for i, j in pairs:
        g, f = ga[i], fa[j]
        if names(g["leads"]) != names(f["leads"]):
            print("  LEADS ", f["rule"], g["leads"], "!=", f["leads"], repr(f["text"][:70]))
        if due_key(g.get("due")) != due_key(f.get("due")):
            print("  DUE   ", g.get("due"), "!=", due_key(f.get("due")), repr(f["text"][-110:]))
        if names(g.get("coordinators")) != names(f.get("coordinators")):
            print("  COORD ", g.get("coordinators"), "!=", f.get("coordinators"), repr(f["text"][:90]))


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--docs", type=Path, required=True)
    ap.add_argument("--per-document", action="store_true")
    ap.add_argument("--misses", action="store_true", help="show each miss of the documents that are not held out")
    args = ap.parse_args()
    totals: dict[str, Counts] = {"open": {}, "held": {}, "all": {}}
    seconds, letters = 0.0, 0
    for path in sorted(args.gold.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        data = (args.docs / f"{path.stem}.txt").read_bytes()
        started = time.process_time()
        reading = read_bytes(data, name=f"{path.stem}.txt")
        seconds += time.process_time() - started
        letters += len(reading.document.text)
        out = to_json(reading)
        n = count(gold, out)
        part = "held" if held_out(path.stem) else "open"
        for key in (part, "all"):
            totals[key] = {k: totals[key].get(k, 0) + v for k, v in n.items()}
        if args.misses and part == "open":
            show_misses(path.stem, reading.document.text, gold, out)
        if args.per_document:
            print(path.stem, part, {k: round(v, 2) for k, v in scores(n).items()})
    if not totals["all"]:
        print("no gold documents", file=sys.stderr)
        return 2
    print(f"{'':14}" + "".join(f"{part:>9}" for part in totals))
    for key in scores(totals["all"]):
        print(f"{key:14}" + "".join(f"{scores(n)[key]:9.4f}" if n else f"{'-':>9}" for n in totals.values()))
    print(f"documents read at {letters / 3000 / seconds:.0f} pages (of 3,000 characters) a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
