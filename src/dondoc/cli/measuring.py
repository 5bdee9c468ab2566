"""Runs the reader on annotated documents and says how well it read, how fast, and what changed since a stored run."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dondoc.reader import scoring
from dondoc.reader.api import ReaderRefusal, read_file, read_text, to_json

PAGE = 3000
PARTS = ("open", "held", "all")


@dataclass(frozen=True, slots=True)
class Run:
    """One annotated document, read: what was expected and found, the text, and the seconds it took."""

    case: scoring.Case
    text: str
    found: dict[str, Any]
    seconds: float
    refused: str = ""

    @property
    def proposals(self) -> list[tuple[float, bool]]:
        """Each proposal's confidence, and whether it is right."""
        sure = [float(a["confidence"]) for a in self.found.get("assignments", [])]
        return list(zip(sure, scoring.right(self.case.gold, self.found), strict=True))


def run(case: scoring.Case) -> Run:
    """Reads one document; a refusal scores nothing and is named."""
    started = time.process_time()
    try:
        reading = read_file(case.path)
        found = to_json(reading)
    except ReaderRefusal as refusal:
        return Run(case, "", {}, time.process_time() - started, str(refusal))
    return Run(case, reading.document.text, found, time.process_time() - started)


def run_all(gold: Path, docs: Path) -> list[Run]:
    """Reads all annotated documents of two folders, once to warm up and once to measure."""
    found = list(scoring.cases(gold, docs))
    for case in found[:5]:
        run(case)
    return [run(case) for case in found]


def parts(runs: Sequence[Run]) -> dict[str, list[Run]]:
    """The documents that rules may be written on, the held third, and all."""
    return {
        "open": [r for r in runs if not r.case.held],
        "held": [r for r in runs if r.case.held],
        "all": list(runs),
    }


def score_lines(runs: Sequence[Run]) -> Iterator[str]:
    """The scores as a table: one row a metric; the open part, the held third, all, and the gap between the two."""
    counted = {
        part: scoring.add(*(scoring.count(r.case.gold, r.found) for r in some)) for part, some in parts(runs).items()
    }
    rates = {part: scoring.scores(n) if n else {} for part, n in counted.items()}
    yield f"{'':14}" + "".join(f"{part:>9}" for part in PARTS) + f"{'gap':>9}"
    for key in rates["all"]:
        row = [rates[part].get(key) for part in PARTS]
        cells = "".join(f"{'-' if value is None else format(value, '.4f'):>9}" for value in row)
        gap = "" if row[0] is None or row[1] is None else f"{row[0] - row[1]:+9.4f}"
        yield f"{key:14}{cells}{gap}"
    yield "documents     " + "".join(f"{len(some):9}" for some in parts(runs).values())


def confidence_lines(runs: Sequence[Run]) -> Iterator[str]:
    """What the confidence is worth: the calibration error and the share of right proposals that are sure."""
    for part, some in parts(runs).items():
        proposals = [p for r in some for p in r.proposals]
        if proposals:
            error = scoring.calibration_error(scoring.calibration(proposals))
            sure = scoring.share_sure(proposals)
            yield (
                f"confidence, {part}: calibration error {error:.3f} over {len(proposals)} proposals; "
                f"{sure:.0%} of the right ones at {scoring.SURE} or more"
            )


def speed_lines(runs: Sequence[Run]) -> Iterator[str]:
    """How many pages are read in a second, and how the time grows with the text."""
    letters, seconds = sum(len(r.text) for r in runs), sum(r.seconds for r in runs)
    if not letters or not seconds:
        return
    yield f"speed: {letters / PAGE / seconds:.0f} pages (of {PAGE:,} characters) a second, warm, one core"
    # What follows "Nơi nhận" is a foot and is not read for orders: it would make the long text look quick.
    whole = "\n\n".join(r.text.split("Nơi nhận")[0] for r in runs)[:60_000]
    once = min(_seconds(whole) for _ in range(3))
    ten = min(_seconds("\n\n".join([whole] * 10)) for _ in range(2))
    times = ten / once
    yield f"linear: {len(whole):,} characters in {once:.2f} s, ten times as many in {times:.1f} times that (at most 12)"


def _seconds(text: str) -> float:
    started = time.process_time()
    read_text(text)
    return time.process_time() - started


def miss_lines(one: Run) -> Iterator[str]:
    """Each expected assignment that was missed or read otherwise, and each proposal without a counterpart."""
    gold, found = one.case.gold.get("assignments", []), one.found.get("assignments", [])
    paired = scoring.assignment_pairs(one.case.gold, one.found)
    for i in sorted(set(range(len(gold))) - {i for i, _ in paired}):
        yield f"  missed  {gold[i]['leads']} {cut(one.text, gold[i]['span'])}"
    for j in sorted(set(range(len(found))) - {j for _, j in paired}):
        yield f"  extra   {found[j]['rule']} {found[j]['leads']} {cut(one.text, found[j]['span'])}"
    for i, j in paired:
        g, f = gold[i], found[j]
        if not scoring.same_leads(g, f):
            yield f"  leads   {f['rule']} {g['leads']} read as {f['leads']}"
        if scoring.due_key(g.get("due")) != scoring.due_key(f.get("due")):
            yield f"  due     {g.get('due')} read as {scoring.due_key(f.get('due'))} {cut(one.text, f['span'], -90)}"
        if scoring.names(g.get("coordinators")) != scoring.names(f.get("coordinators")):
            yield f"  with    {g.get('coordinators')} read as {f['coordinators']}"


def miss_kinds(one: Run) -> Counter[str]:
    """How often each kind of miss occurs in a document."""
    return Counter(line.split()[0] for line in miss_lines(one))


def cut(text: str, span: Sequence[int], size: int = 90) -> str:
    """The first (or last) words of a place, on one line."""
    words = " ".join(text[span[0] : span[1]].split())
    if len(words) <= abs(size):
        return f"“{words}”"
    return f"“{words[:size]}…”" if size > 0 else f"“…{words[size:]}”"


def stored(runs: Sequence[Run]) -> dict[str, Any]:
    """What to keep of a run, so that the next one can say what it gained and lost."""
    kept = {}
    for one in runs:
        good = [
            one.case.gold["assignments"][i]["span"]
            for i, j in scoring.assignment_pairs(one.case.gold, one.found)
            if scoring.same_leads(one.case.gold["assignments"][i], one.found["assignments"][j])
        ]
        wrong = [
            a["span"]
            for a, ok in zip(one.found.get("assignments", []), scoring.right(one.case.gold, one.found), strict=True)
            if not ok
        ]
        kept[one.case.name] = {
            "held": one.case.held,
            "kind": one.case.gold["document"]["kind"],
            "right": sorted(good),
            "wrong": sorted(wrong),
            "counts": scoring.count(one.case.gold, one.found),
            "misses": dict(sorted(miss_kinds(one).items())),
            "proposals": [[sure, int(is_right)] for sure, is_right in one.proposals],
        }
    return kept


def save(runs: Sequence[Run], path: Path) -> None:
    """Writes a run down: one line a document, so that a change of it shows in a comparison of versions."""
    rows = [f" {json.dumps(name)}: {json.dumps(kept)}" for name, kept in stored(runs).items()]
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


def change_lines(runs: Sequence[Run], before: dict[str, Any]) -> Iterator[str]:
    """What was gained and lost since a stored run, document by document; of held ones only how many."""
    now = stored(runs)
    same = 0
    for one in runs:
        name = one.case.name
        if name not in before:
            yield f"{name}: new"
            continue
        lines = list(_changes(one, before[name], now[name]))
        same += not lines
        yield from lines
    yield f"{same} of {len(runs)} documents read as in the stored run"


def _changes(one: Run, then: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    gained = [s for s in now["right"] if s not in then["right"]]
    lost = [s for s in then["right"] if s not in now["right"]]
    wrong = [s for s in now["wrong"] if s not in then["wrong"]]
    mended = [s for s in then["wrong"] if s not in now["wrong"]]
    other = {
        k for k in now["counts"] if k not in ("found", "hit", "lead") and now["counts"][k] != then["counts"].get(k)
    }
    if not (gained or lost or wrong or mended or other):
        return
    counts = ", ".join(f"{k} {then['counts'].get(k)} → {now['counts'][k]}" for k in sorted(other))
    yield (
        f"{one.case.name}: {len(gained)} gained, {len(lost)} lost, {len(wrong)} newly wrong, {len(mended)} mended"
        + (f"; {counts}" if counts else "")
    )
    if one.case.held:
        return
    for sign, spans in (("+", gained), ("-", lost), ("!", wrong)):
        for span in spans:
            yield f"  {sign} {cut(one.text, span)}"
