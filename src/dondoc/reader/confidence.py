"""How sure the reader is of each proposal: a share that can be checked, not a feeling.

Of the proposals that stand at 0.9, nine in ten should be right: one of the orders that the document really gives, with
exactly those who must carry it out. What is seen of a proposal (its rule, how its lead is named, where it stands) is
weighed by a logistic regression; its weights are in ``data/confidence.json``, each with what it says in words, and were
fitted by ``bench/fit_confidence.py`` on annotated documents, read as if nobody had looked at them. The same text always
gives the same number.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import Any

from dondoc.reader.find.lexicon import fold, lexicon, words
from dondoc.reader.model import Assignment, Header

LEAST, MOST = 0.02, 0.99
AROUND = 20_000
_REPORT = re.compile(r"báo cáo|tờ trình|giấy mời|phiếu|biên bản", re.IGNORECASE)
_NORM = re.compile(r"quyết định|nghị định|thông tư|quy chế|quy định|luật|pháp lệnh", re.IGNORECASE)
_PLURAL = frozenset({"các", "những", "mọi", "mỗi", "từng", "toàn"})
_PAST = (" đã ", " đang ", " được ", " theo đề nghị ")
_ASKED = ("kiến nghị", "đề xuất", "kính trình", "kính đề nghị")
_ORDERED = (
    "giao", "yêu cầu", "đề nghị", "chỉ đạo", "phân công", "kết luận", "nhiệm vụ", "giải pháp", "tổ chức thực hiện",
    "trách nhiệm",
)  # fmt: skip


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
    counted: dict[tuple[str, int], int] = field(default_factory=dict)

    def times(self, name: str, at: int) -> int:
        """How often a name stands in the pages around a place; a long text is never searched through for each name."""
        block = at // AROUND
        if (name, block) not in self.counted:
            around = max(0, block - 1) * AROUND, (block + 2) * AROUND
            self.counted[name, block] = self.low.count(name, *around)
        return self.counted[name, block]


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an agency: folded, in words, whether it begins as names do, whether a verb stands inside."""

    low: str
    words: tuple[str, ...]
    known: bool
    verb: bool


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
    keys = [tuple(sorted(_name(m.text).low for m in a.leads)) for a in assignments]
    page = _Page(fold(text), Counter(keys), header, len(assignments))
    out = []
    for number, a in enumerate(assignments):
        before = assignments[number - 1] if number else None
        seen = _seen(a, before, page)
        seen += ["leads as before"] if number and keys[number - 1] == keys[number] else []
        seen += ["leads once"] if page.leads[keys[number]] == 1 else []
        out.append(frozenset(seen))
    return out


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
        "after colon": named and _after_colon(a, page),
    }
    found += [name for name, is_so in marks.items() if is_so]
    return found + _of_leads(a, page) + _of_words(a, page)


@lru_cache(maxsize=4096)
def _name(text: str) -> _Name:
    found = words(text)
    return _Name(fold(" ".join(text.split())), found, _known(found), _verb_inside(found))


def _of_leads(a: Assignment, page: _Page) -> list[str]:
    """What is seen of those who must do it: words no name has, names that stand only once, names far above."""
    leads = [_name(m.text) for m in a.leads]
    elsewhere = [page.times(lead.low, a.span.start) for lead in leads]
    near = min((a.span.start - m.span.end for m in a.leads), default=0)
    marks = {
        "many leads": len(a.leads) > 2,
        "class": any(lead.words[:1] and lead.words[0] in _PLURAL for lead in leads),
        "unknown name": any(not lead.known for lead in leads),
        "verb in name": any(lead.verb for lead in leads),
        "long name": any(len(lead.words) > 9 for lead in leads),
        "bare name": any(len(lead.words) < 3 for lead in leads),
        "name once": bool(elsewhere) and min(elsewhere) < 2,
        "name often": bool(elsewhere) and min(elsewhere) > 3,
        "small letter": any(m.text[:1].islower() for m in a.leads),
        "lead far above": a.inherited and near > 1500,
        "lead near": a.inherited and 0 <= near < 60,
        "and in name": any("và" in lead.words for lead in leads),
        "verb in coordinator": any(_name(m.text).verb for m in a.coordinators),
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
        "past": any(word in f" {deed[:40]} " for word in _PAST),
        "past before": any(word in f" {ahead} " for word in _PAST),
        "asked before": any(word in ahead for word in _ASKED),
        "ordered before": any(word in ahead for word in _ORDERED),
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
