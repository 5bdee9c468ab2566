"""How sure the reader is of each proposal: a share that can be checked, not a feeling.

Of the proposals that stand at 0.9, nine in ten should be right: one of the orders that the document really gives, with
exactly those who must carry it out. What is seen of a proposal (its rule, how its lead is named, where it stands) is
weighed by a logistic regression; its weights are in ``data/confidence.json``, each with what it says in words, and were
fitted by ``bench/fit_confidence.py`` on annotated documents. The same text always gives the same number.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from dondoc.reader.find.lexicon import fold, lexicon, words
from dondoc.reader.model import Assignment, Header

LEAST, MOST = 0.02, 0.99
_REPORT = re.compile(r"báo cáo|tờ trình|giấy mời|phiếu|biên bản", re.IGNORECASE)
_NORM = re.compile(r"quyết định|nghị định|thông tư|quy chế|quy định|luật|pháp lệnh", re.IGNORECASE)
_PLURAL = frozenset("các những mọi mỗi từng toàn".split())  # noqa: SIM905
_PAST = re.compile(r"\b(?:đã|đang|được|theo đề nghị)\b")
_ASKED = re.compile(r"kiến nghị|đề xuất|kính trình|kính đề nghị")
_ORDERED = re.compile(
    r"giao|yêu cầu|đề nghị|chỉ đạo|phân công|kết luận|nhiệm vụ|giải pháp|tổ chức thực hiện|trách nhiệm"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was seen of a proposal: what it says in words, and how far it moves the confidence up or down."""

    feature: str
    says: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Page:
    """What all proposals of a document share."""

    low: str
    leads: Counter[tuple[str, ...]]
    header: Header
    size: int


def with_confidence(assignments: Sequence[Assignment], text: str, header: Header) -> list[Assignment]:
    """Gives every proposal of a document its confidence, from 0.02 to 0.99."""
    seen = features(assignments, text, header)
    return [replace(a, confidence=probability(f)) for a, f in zip(assignments, seen, strict=True)]


def probability(seen: frozenset[str]) -> float:
    """The share of proposals like this one that are right."""
    known = _weights()
    score = known["base"] + sum(known["features"][name]["weight"] for name in seen if name in known["features"])
    return round(min(MOST, max(LEAST, 1 / (1 + exp(-score)))), 3)


def reasons(seen: frozenset[str], most: int = 4) -> list[Reason]:
    """The things seen of a proposal that move its confidence most, strongest first."""
    known = _weights()["features"]
    found = [Reason(name, known[name]["says"], known[name]["weight"]) for name in seen if name in known]
    return sorted(found, key=lambda r: (-abs(r.weight), r.feature))[:most]


@cache
def _weights() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("dondoc.reader.data").joinpath("confidence.json").read_text("utf-8"))
    return loaded


def features(assignments: Sequence[Assignment], text: str, header: Header) -> list[frozenset[str]]:
    """What is seen of each proposal, as names of features that ``data/confidence.json`` puts in words."""
    page = _Page(fold(text), Counter(_key(a) for a in assignments), header, len(assignments))
    out = []
    before: Assignment | None = None
    for a in assignments:
        out.append(frozenset(_seen(a, before, page)))
        before = a
    return out


def _key(a: Assignment) -> tuple[str, ...]:
    return tuple(sorted(fold(m.text) for m in a.leads))


def _seen(a: Assignment, before: Assignment | None, page: _Page) -> list[str]:
    found = [f"rule {a.rule.split(':')[0]}"]
    size = len(page.low[a.span.start : a.span.end].split())
    named = not a.inherited and a.rule != "table"
    marks = {
        "inherited": a.inherited,
        "orientation": a.kind == "orientation",
        "due": a.due is not None,
        "coordinators": bool(a.coordinators),
        "short": size < 8,
        "long": size > 60,
        "no clause": a.clause is None,
        "deep clause": (a.clause or "").count(".") > 1,
        "overlaps": before is not None and before.span.end > a.span.start,
        "press": page.header.kind in (None, "tin"),
        "report": bool(_REPORT.search(page.header.kind or "")),
        "norm": bool(_NORM.search(page.header.kind or "")),
        "few": page.size < 4,
        "leads as before": before is not None and _key(before) == _key(a),
        "leads once": page.leads[_key(a)] == 1,
        "after colon": named and _after_colon(a, page),
    }
    found += [name for name, is_so in marks.items() if is_so]
    return found + _of_leads(a, page) + _of_words(a, page)


def _of_leads(a: Assignment, page: _Page) -> list[str]:
    """What is seen of those who must do it: words no name has, names that stand only once, names far above."""
    folded = [words(m.text) for m in a.leads]
    low = [fold(" ".join(m.text.split())) for m in a.leads]
    elsewhere = [page.low.count(name) for name in low]
    near = min((a.span.start - m.span.end for m in a.leads), default=0)
    marks = {
        "many leads": len(a.leads) > 2,
        "class": any(name[:1] and name[0] in _PLURAL for name in folded),
        "unknown name": any(not _known(name) for name in folded),
        "verb in name": any(_verb_inside(name) for name in folded),
        "long name": any(len(name) > 9 for name in folded),
        "bare name": any(len(name) < 3 for name in folded),
        "name once": bool(elsewhere) and min(elsewhere) < 2,
        "name often": bool(elsewhere) and min(elsewhere) > 3,
        "small letter": any(m.text[:1].islower() for m in a.leads),
        "lead far above": a.inherited and near > 1500,
        "lead near": a.inherited and 0 <= near < 60,
        "and in name": any("và" in name for name in folded),
        "verb in coordinator": any(_verb_inside(words(m.text)) for m in a.coordinators),
    }
    return [name for name, is_so in marks.items() if is_so]


def _of_words(a: Assignment, page: _Page) -> list[str]:
    """What is seen of the words of the order and of those that stand before them in the same paragraph."""
    start = max((m.span.end for m in a.leads if a.span.start <= m.span.start < a.span.end), default=a.span.start)
    deed = page.low[start : a.span.end]
    line = page.low.rfind("\n", 0, a.span.start) + 1
    ahead = page.low[max(line, a.span.start - 200) : a.span.start]
    first = words(deed[:60])[:6]
    found = lexicon().predicates.at(list(first), 0, len(first))
    marks = {
        "verb first": found is not None and found[0] != "noun",
        "past": bool(_PAST.search(deed[:40])),
        "past before": bool(_PAST.search(ahead)),
        "asked before": bool(_ASKED.search(ahead)),
        "ordered before": bool(_ORDERED.search(ahead)),
        "mid-sentence": bool(ahead.strip()) and ahead.rstrip()[-1:] not in (".", ";", ":", ")", "-", "+", "“"),
        "clause closed": page.low[a.span.end : a.span.end + 1] in (".", ";", "/", "\n", ""),
    }
    return [name for name, is_so in marks.items() if is_so]


def _after_colon(a: Assignment, page: _Page) -> bool:
    return page.low[max(0, a.span.start - 3) : a.span.start].rstrip().endswith(":")


def _known(name: tuple[str, ...]) -> bool:
    """Whether a name begins, after "các" and the like, with a noun that agencies, posts and classes begin with."""
    start = 1 if name[:1] and name[0] in _PLURAL else 0
    return lexicon().heads.at(list(name), start, len(name)) is not None


def _verb_inside(name: tuple[str, ...]) -> bool:
    """Whether a word that orders stands inside a name: it may have run on into the deed."""
    low = list(name)
    for i in range(2, len(low)):
        found = lexicon().predicates.at(low, i, len(low))
        if found is not None and found[0] in ("verb", "modal", "manner"):
            return True
    return False
