"""Turns what was read into assignments, each with its place, rule and confidence."""

from __future__ import annotations

import re

from dondoc.reader.clean import Clean
from dondoc.reader.find.clauses import address_of
from dondoc.reader.find.stages import has_stages, kind_of, stages_of
from dondoc.reader.find.walk import Draft, Walk
from dondoc.reader.model import Assignment, Due, Mention, Stage

_CONFIDENCE = {
    "yêu cầu": 0.95,
    "giao": 0.97,
    "đề nghị": 0.93,
    "phân công": 0.93,
    "subject": 0.9,
    "preface": 0.88,
    "verb": 0.85,
    "preface-verb": 0.75,
    "topic": 0.6,
    "parallel": 0.6,
    "label": 0.93,
    "table": 0.9,
}
_ASIDE = re.compile(r"\W*\*?\([^()]*\bđã\b[^()]*(?:\([^()]*\)[^()]*)*\)\W*$")


def trim(flat: str, start: int, end: int) -> int:
    """Where an order ends: before its stop, and before a note in brackets that tells of what was done already."""
    aside = _ASIDE.search(flat, start, end) if flat[start:end].rstrip(" .;,/*").endswith(")") else None
    if aside and aside.start() - start > 20:
        end = aside.start()
    return start + len(flat[start:end].rstrip(" .;,:…/\n\t*|-–"))


def assignment_of(text: Clean, walk: Walk, draft: Draft) -> Assignment:
    """Make an assignment of what the walk has gathered, with its places in the original text."""
    flat = walk.flat
    part = walk.parts[draft.paragraph]
    end = trim(flat, draft.start, draft.end)
    deed = flat[max(draft.deed, draft.start) : end]
    due = None
    if draft.due:
        place = text.span(draft.due.start, draft.due.end)
        due = Due(
            draft.due.kind,
            place,
            draft.due.on,
            draft.due.every,
            draft.due.needs_year,
            draft.due.day,
            draft.due.month,
            draft.due.rule,
        )
    rule = f"{draft.rule}:inherited" if draft.inherited and draft.rule not in ("topic", "label") else draft.rule
    lead = draft.leads[0][0] if draft.leads else None
    first, last = walk.tokens.index(max(draft.deed, draft.start)), walk.tokens.index(end)
    chain = (
        ()
        if not has_stages(deed)
        else tuple(
            Stage(name, by, text.span(walk.tokens.start[a], walk.tokens.end[b - 1]))
            for name, by, a, b in stages_of(walk.tokens, first, last, lead)
        )
    )
    return Assignment(
        span=text.span(draft.start, end),
        leads=_mentions(text, draft.leads),
        coordinators=_mentions(text, draft.coordinators),
        due=due,
        clause=address_of(part) or None,
        kind=kind_of(deed, due is not None),
        rule=rule,
        confidence=round(_CONFIDENCE.get(draft.rule, 0.85) - (0.05 if draft.inherited else 0), 2),
        inherited=draft.inherited,
        stages=tuple(stage.name for stage in chain),
        chain=chain,
        product=_product(text, walk.flat, draft.product),
    )


def _product(text: Clean, flat: str, place: tuple[int, int] | None) -> Mention | None:
    """What is to be handed in, where a column or a line names it."""
    if place is None:
        return None
    start, end = place
    words = flat[start:end].rstrip(" .;,")
    return Mention(" ".join(words.split()), text.span(start, start + len(words))) if words else None


def _mentions(text: Clean, names: list[tuple[str, int, int]]) -> tuple[Mention, ...]:
    seen: set[str] = set()
    out = []
    for name, start, end in names:
        if name.lower() not in seen:
            seen.add(name.lower())
            out.append(Mention(name, text.span(start, end)))
    return tuple(out)
