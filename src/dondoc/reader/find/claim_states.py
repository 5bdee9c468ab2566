"""What the words around a count say about how it stands: done, active, waiting, late, met, a total …"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from dondoc.reader.find.numerals import Quantity, claim_words
from dondoc.reader.model import ClaimState

_MET_NOUNS = ("chỉ tiêu", "tiêu chí", "mục tiêu")
_GROWTH = re.compile(
    r"tăng trưởng|(?<!\w)(?:tăng|giảm|lên|xuống|thặng dư|nhập siêu|xuất siêu)(?!\w)|GDP|GRDP|CPI|lạm phát|tỷ trọng|"
    r"chỉ số|thu nhập|năng suất|kim ngạch|xuất khẩu|nhập khẩu|lãi suất|tỷ giá",
    re.IGNORECASE,
)
_MOVES = re.compile(r"(?<!\w)(?:tăng|giảm|lên|xuống|tăng trưởng|vượt thu|hụt thu|thêm)(?!\w)", re.IGNORECASE)
_PLAN_AFTER = re.compile(
    r"\s*(?:so với\s+)?(?:tổng\s+|mức\s+)?(?:k[ếể] hoạch|KH|dự toán|chỉ tiêu|nghị quyết|mục tiêu|nhiệm vụ|số vốn|vốn|"
    r"nguồn vốn|tổng số|mức dư nợ|số|dự án|khối lượng|yêu cầu|hạn mức|diện tích)(?!\w)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\s*(?:/\s*năm|so (?:với )?(?:cùng kỳ|năm|tháng|tuần|quý|bình quân|đầu năm|cuối năm))", re.IGNORECASE
)
_COUNTED_AFTER = re.compile(
    r"\s+(?:đảng viên|cán bộ|công chức|người|hộ|xã|học sinh|tổ chức|cơ quan|đơn vị|hồ sơ|thủ tục|văn bản|địa phương|đại biểu|doanh nghiệp)",
    re.IGNORECASE,
)
_CARRIED_OUT = re.compile(
    r"giải ngân|hoàn thành|thực hiện|tỷ lệ|tiến độ|giải quyết|phân bổ|bàn giao|kết nạp|thu hồi|xử lý|đúng hạn",
    re.IGNORECASE,
)
_REACHES = re.compile(r"(?<!\w)(?:đạt|bằng|chiếm|vượt|ước|là|còn|được)\W*(?:\w+\W+){0,2}$", re.IGNORECASE)
_PAID = re.compile(r"(?P<not>chưa\s+(?:\w+\s+){0,2})?(?P<verb>giải ngân|phân bổ|thanh toán)", re.IGNORECASE)
_TOTAL_MONEY = re.compile(
    r"(?:tổng (?:vốn|mức|dư nợ|kinh phí|số vốn|nguồn vốn|nguồn lực|số|cộng)|k[ếể] hoạch (?:vốn|\w+ giao|giao)|được giao|dư nợ)",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"(?<!\w)đã (?:\w+ ){0,4}?(?:chi|chi trả|hỗ trợ|thanh toán|cấp|trả|bố trí|giao|đầu tư|huy động|thu hồi|xử lý|trích|ủng hộ|cho vay|bàn giao|nộp)(?!\w)",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"^\s*(?:và\s+)?(?:chi|hỗ trợ|thanh toán|cấp|trả|bố trí|thu hồi|xử phạt|phạt|thu nộp|nộp|truy thu|huy động|vận động|ủng hộ|trích|giảm trừ|xử lý|cho vay)(?!\w)",
    re.IGNORECASE,
)
# What goes out: "chi đầu tư phát triển đạt …", "chi trả", "cho vay"; not "chi phí", "chi tiết", "chi cục".
_OUTLAY = re.compile(
    r"(?<!\w)(?:chi(?! (?:phí|tiết|nhánh|cục|bộ|hội|đội|phối))|cho vay|bồi thường|trợ cấp|vốn thực hiện|đầu tư thực hiện)(?!\w)",
    re.IGNORECASE,
)
_ECONOMY = re.compile(
    r"kim ngạch|xuất khẩu|nhập khẩu|thu phí|tổng thu|thu ngân sách|doanh thu|GDP|cán cân|giá trị",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"(?<!\w)(?:có|còn|là|đạt|tăng|giảm|gồm|trong đó|trong khi|với|tương đương|chiếm|bằng|khoảng|ước|tại|của)(?!\w)",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"\[\d+\]")
_FILLERS = re.compile(r"(?:\s+(?:được|khoảng|gần|trên|hơn|thêm|các|số|thêm được))+\s*$")
_HAS = re.compile(r"(?<!\w)đã có(?!\w)", re.IGNORECASE)
_PAST = re.compile(r"(?<!\w)đã (?!có(?!\w))", re.IGNORECASE)
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
    judged = any(quantity.unit.startswith(noun) for noun in _MET_NOUNS)
    after = _NOTE_MARK.sub(" ", after)
    if quantity.unit_class == "measure" and _MOVES.search(before):
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
    past = None
    for past in _PAST.finditer(before):
        pass
    if past and not lays_down(before[past.start() :]):
        return Label("done", before[past.start() :].strip())
    if quantity.of is not None and quantity.unit_class != "work" and re.match(r"\s*(?!bị|nghèo)[a-zà-ỹđ]", after):
        return Label("done", after.strip(" ,;."))
    if _HAS.search(before[-20:]) and re.match(r"\s*[a-zà-ỹđ]", after):
        return Label("done", after.strip(" ,;."))
    if _is_coordinate_verb(before) and _PAST.search(sentence):
        return Label("done", before.strip(" ,;"))
    return Label(None)


def _is_coordinate_verb(before: str) -> bool:
    """ "đã kiểm tra 20 vụ, xử phạt 5 vụ": the "đã" of the first verb holds for the verbs set beside it."""
    verb = re.fullmatch(r"\s*(?:,|;|và|, và|đồng thời)\s+([a-zà-ỹđ][^,;:()\d]{1,60})", before)
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


def percent_state(before: str, after: str, earlier: str, *, in_brackets: bool) -> ClaimState | None:
    """Whether a percentage is a rate of implementation or a figure of the economy; None if it is neither.

    ``before`` is the sentence up to the number, ``after`` what follows, ``earlier`` the sentence before.
    """
    if _COMPARED.match(after):
        return "other"
    clause = re.split(r"[;:(]|, ", before)[-1]
    moved = _MOVES.search(clause[-40:])
    if _PLAN_AFTER.match(after) and not (moved and not clause.rstrip().endswith(("vượt", "đạt"))):
        return "rate"
    if moved:
        return "other"
    reaches = _REACHES.search(clause) is not None
    if _COUNTED_AFTER.match(after) and not in_brackets:
        return "rate"
    if _CARRIED_OUT.search(clause):
        return "rate"
    if re.search(r"giải ngân", before, re.IGNORECASE):
        return "rate"
    if in_brackets and not clause.strip():
        return "other" if re.search(r"(?:giai đoạn|năm|quý|tháng) [\d/–-]+ \($", before) else None
    if _GROWTH.search(before):
        return "other"
    if not reaches:
        return "other" if re.search(r"tỷ lệ|chiếm|bình quân|so với|còn lại", before, re.IGNORECASE) else None
    if re.search(r"giải ngân|(?<!\w)vốn(?!\w)|kế hoạch", before + earlier, re.IGNORECASE):
        return "rate"
    return "other"


def money_state(before: str, after: str, *, in_brackets: bool) -> ClaimState | None:
    """Whether money is paid out, still waiting, a total, or a figure of the economy; None if it reports nothing."""
    clause = re.split(r"[;(]|, ", before)[-1]
    if _MOVES.search(clause[-25:]):
        return "other"
    paid = None
    for paid in _PAID.finditer(clause + after[:20] if not clause.strip(" +-") else clause):
        pass
    if paid and not re.search(r"kế hoạch\s*$", clause[: paid.start()]):
        return "waiting" if paid["not"] else "done"
    if _SPENT.search(clause) or (_PAST.search(before) and _PAYS.search(clause)):
        return "done"
    if _OUTLAY.search(clause):
        return "done"
    if _ECONOMY.search(before):
        return "done" if re.search(r"thực hiện\s*(?:được\s*)?$", clause) else "other"
    if _TOTAL_MONEY.search(clause) or (in_brackets and re.search(r"giao\s*\($", before)):
        return "total"
    if re.search(r"giải ngân", before, re.IGNORECASE):
        return "done"  # the sources of capital listed after what was disbursed
    waiting = re.search(r"chưa (?:\w+ ){0,3}(?:phân bổ|giải ngân|giao|thanh toán)", after[:80])
    if waiting:
        return "waiting"
    if (
        re.search(
            r"(?<!\w)(?:đạt|là|được|thu|chi|tương đương|khoảng|trên|tiết kiệm|với|nộp|hoàn thành)\W*(?:\w+\W+){0,2}$",
            clause,
        )
        or in_brackets
    ):
        return "other"
    return None


def total_words(before: str) -> bool:
    """Whether the words before a number say that it is a sum ("tổng số … là")."""
    return _TOTAL_WORDS.search(before[-70:]) is not None
