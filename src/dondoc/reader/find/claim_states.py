"""What the words around a count say about how it stands: done, active, waiting, late, met, a total …"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from dondoc.reader.find.claim_rates import MOVES
from dondoc.reader.find.lines import LOWER
from dondoc.reader.find.numerals import Quantity, claim_words
from dondoc.reader.model import ClaimState

_MET_NOUNS = ("chỉ tiêu", "tiêu chí", "mục tiêu")
_STANDS = re.compile(
    r"(?<!\w)(?:có|còn|là|đạt|tăng|giảm|gồm|trong đó|trong khi|với|tương đương|chiếm|bằng|khoảng|ước|tại|của)(?!\w)",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"\[\d+\]")
_FILLERS = re.compile(r"(?:\s+(?:được|khoảng|gần|trên|hơn|thêm|các|số|thêm được))+\s*$")
_HAS = re.compile(r"(?<!\w)đã có(?!\w)", re.IGNORECASE)
_PAST = re.compile(r"(?<!\w)đã (?!có(?!\w))", re.IGNORECASE)
# "5/64 xã còn thiếu trụ sở", "3/20 trạm hoạt động kém hiệu quả": what is told of the part is a want, not a deed.
_WANTS = re.compile(
    r"(?<!\w)(?:còn|vẫn|thiếu|kém|yếu|khó khăn|xuống cấp|hư hỏng|lạc hậu|không|có nguy cơ)(?!\w)", re.IGNORECASE
)
# "Số nhiệm vụ quá hạn là 8 nhiệm vụ": how the things stand is said before their number.
_NUMBER_OF = re.compile(
    r"(?<!tổng )(?<!\w)số(?! liệu)\s(?P<words>[^,;:.()\d]{3,60}?)(?:\s+là|\s*:|\s+còn)\s+$", re.IGNORECASE
)
_TOTAL_WORDS = re.compile(r"(?:tổng số|tổng cộng|tổng)(?!\w)", re.IGNORECASE)


class Label(NamedTuple):
    """A state and the words of the text that say it."""

    state: ClaimState | None
    words: str = ""
    place: int = 0


@cache
def _patterns(side: str) -> tuple[tuple[ClaimState, re.Pattern[str]], ...]:
    anchor = r"\s*$" if side == "before" else ""
    return tuple(
        (
            cast(ClaimState, group["state"]),
            re.compile(rf"(?<!\w)(?:{'|'.join(group['words'])})(?!\w){anchor}", re.IGNORECASE),
        )
        for group in claim_words()[side]
    )


@cache
def _laying_down() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(claim_words()['laying_down'])})(?!\w)", re.IGNORECASE)


def lays_down(before: str) -> bool:
    """Whether the words before a count lay a set down ("giao 35 nhiệm vụ") instead of working it off."""
    return _laying_down().search(before[-60:]) is not None


def count_state(quantity: Quantity, before: str, after: str, *, sentence: str = "") -> Label:
    """How a count of tasks, projects, people stands, by the words after it, else by those before it.

    ``before`` and ``after`` reach to the next count or the end of the clause, ``sentence`` from its beginning to
    the count. No state is None.
    """
    named = _NUMBER_OF.search(before)
    if named and (label := _after_state(f" {named['words']}", judged=True)).state:
        return label
    judged = any(quantity.unit.startswith(noun) for noun in _MET_NOUNS)
    after = _NOTE_MARK.sub(" ", after)
    if quantity.unit_class == "measure" and MOVES.search(before):
        return Label("other")
    label = _after_state(after, judged=judged)
    if label.state and (label.state in ("deferred", "late") or len(after[: label.place].split()) <= 2):
        return label
    return _before_state(before, judged=judged) or (
        label if label.state else _past_state(quantity, before, after, sentence)
    )


def _before_state(before: str, *, judged: bool) -> Label | None:
    trimmed = _FILLERS.sub("", before.rstrip())
    if trimmed.endswith((",", " và")):
        return None  # the verb belongs to the count before
    for state, pattern in _patterns("before"):
        match = pattern.search(trimmed) if judged or state not in ("met", "unmet") else None
        if match:
            return Label(state, match.group().strip())
    return None


def _past_state(quantity: Quantity, before: str, after: str, sentence: str) -> Label:
    """ "đã lập, trình 39 dự án" and "đã có 15 bộ gửi báo cáo" are done; "đã giao 35 nhiệm vụ" lays a set down."""
    before = re.split(r"trong đó", before, flags=re.IGNORECASE)[-1]
    verbs = list(_PAST.finditer(before))
    if verbs and not lays_down(before[verbs[-1].start() :]):
        return Label("done", before[verbs[-1].start() :].strip())
    if quantity.of is not None and quantity.unit_class != "work" and re.match(rf"\s*(?!bị|nghèo)[{LOWER}]", after):
        if _WANTS.search(after):
            return Label("other", after.strip(" ,;."))
        return Label("done", after.strip(" ,;."))
    if _HAS.search(before[-20:]) and re.match(rf"\s*[{LOWER}]", after):
        return Label("done", after.strip(" ,;."))
    if _is_coordinate_verb(before) and _PAST.search(sentence):
        return Label("done", before.strip(" ,;"))
    return Label(None)


def _is_coordinate_verb(before: str) -> bool:
    """ "đã kiểm tra 20 vụ, xử phạt 5 vụ": the "đã" of the first verb holds for the verbs set beside it."""
    verb = re.fullmatch(rf"\s*(?:,|;|và|, và|đồng thời)\s+([{LOWER}][^,;:()\d]{{1,60}})", before)
    return verb is not None and not _STANDS.search(verb[1])


def _after_state(after: str, *, judged: bool) -> Label:
    best: tuple[int, int, ClaimState, int] | None = None
    for rank, (state, pattern) in enumerate(_patterns("after")):
        if state in ("met", "unmet") and not judged:
            continue
        match = pattern.search(after)
        if not match or after[match.end() : match.end() + 5].startswith(" nhất"):
            continue
        place = -1 if state in ("deferred", "late") else match.start()
        if best is None or (place, rank) < best[:2]:
            best = (place, rank, state, match.start())
    return Label(best[2], after.strip(" ,;."), best[3]) if best else Label(None)


def total_words(before: str) -> bool:
    """Whether the words before a number say that it is a sum ("tổng số … là")."""
    return _TOTAL_WORDS.search(before[-70:]) is not None
