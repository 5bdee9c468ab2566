"""What kind of work an order asks for, and the stages its product passes."""

from __future__ import annotations

import re

from dondoc.reader.find.agencies import read_names, starts_name
from dondoc.reader.find.lexicon import terms
from dondoc.reader.find.tokens import Tokens
from dondoc.reader.model import AssignmentKind

_STEPS = (
    (
        "drafts",
        (("tham", "mưu"), ("soạn", "thảo"), ("xây", "dựng"), ("dự", "thảo"), ("hoàn", "thiện"), ("hoàn", "chỉnh")),
    ),
    ("submits", (("trình",),)),
    ("passes", (("ban", "hành"), ("phê", "duyệt"), ("thông", "qua"), ("quyết", "định"), ("cho", "chủ", "trương"))),
)
_NOT_SUBMITS_AFTER = terms("chương công quy tờ quá lộ hành giáo")
_NOT_SUBMITS_BEFORE = terms("độ tự bày")


_EXHORTATION = re.compile(
    r"\W*(?:(?:cần|phải|tiếp\s+tục|chủ\s+động|tích\s+cực|kịp\s+thời|thường\s+xuyên|tập\s+trung|quan\s+tâm|chú\s+trọng)[\s,]+)*"
    r"(?:tăng\s+cường|đẩy\s+mạnh|nâng\s+cao|quán\s+triệt|phát\s+huy|chú\s+trọng|quan\s+tâm|thực\s+hiện\s+(?:tốt|nghiêm|nhất\s+quán|quyết\s+liệt|có\s+hiệu\s+quả)|"
    r"giữ\s+vững|phấn\s+đấu|quyết\s+tâm|nêu\s+cao|đề\s+cao)",
    re.IGNORECASE,
)
_PRODUCT = re.compile(
    r"\b(?:đề\s+án|kế\s+hoạch|báo\s+cáo|nghị\s+quyết|quyết\s+định|quy\s+chế|dự\s+thảo|phương\s+án|văn\s+bản|hồ\s+sơ|danh\s+mục|chương\s+trình)\b",
    re.IGNORECASE,
)


def kind_of(deed: str, dated: bool) -> AssignmentKind:
    """ "orientation" for an exhortation without product or day (regular work is no task), else "task"."""
    if dated or not _EXHORTATION.match(deed):
        return "task"
    return (
        "task"
        if re.match(r".{0,40}?\b(?:xây\s+dựng|lập|trình|ban\s+hành)\b", deed) and _PRODUCT.search(deed)
        else "orientation"
    )


def has_stages(deed: str) -> bool:
    """Whether the words of a deed may name more than one step; a quick look before :func:`stages_of`."""
    first = _FIRST_STEP.search(deed)
    return first is not None and _LATER_STEP.search(deed, first.end()) is not None


_FIRST_STEP = re.compile(r"tham\s+mưu|soạn\s+thảo|xây\s+dựng|dự\s+thảo|hoàn\s+(?:thiện|chỉnh)|\btrình\b", re.IGNORECASE)
_LATER_STEP = re.compile(r"\btrình\b|ban\s+hành|phê\s+duyệt|thông\s+qua|quyết\s+định|cho\s+chủ\s+trương", re.IGNORECASE)


def stages_of(tokens: Tokens, first: int, last: int, lead: str | None) -> list[tuple[str, str | None, int, int]]:
    """The steps that an order names in their order, each with who takes it and its tokens; [] for fewer than two.

    "chỉ đạo Sở Tài chính tham mưu UBND tỉnh trình HĐND tỉnh ban hành": drafts Sở Tài chính, submits UBND tỉnh,
    passes HĐND tỉnh. Who is not named before a step is the one of the step before; the first is the lead.
    """
    out: list[tuple[str, str | None, int, int]] = []
    reached, k = 0, first
    named: str | None = None
    while k < last:
        step = next((i for i in range(reached, 3) if _step_at(tokens, k, i, named is not None)), None)
        if step is not None:
            by = named or (out[-1][1] if out else lead)
            size = next(len(p) for p in _STEPS[step][1] if tuple(tokens.low[k : k + len(p)]) == p)
            out.append((_STEPS[step][0], by, k, k + size))
            reached, named, k = step + 1, None, k + size
            continue
        if starts_name(tokens, k, last) and (tokens.capital(k) or tokens.low[k] == "các"):
            names, after = read_names(tokens, k, last)
            named = names[-1].text if names else named
            k = max(after, k + 1)
        else:
            k += 1
    return out if len(out) > 1 else []


def _step_at(tokens: Tokens, k: int, step: int, named: bool) -> bool:
    low = tokens.low
    if not any(tuple(low[k : k + len(phrase)]) == phrase for phrase in _STEPS[step][1]) or tokens.capital(k):
        return False
    if step == 1:
        return low[k - 1] not in _NOT_SUBMITS_AFTER and low[k + 1 : k + 2] not in ([w] for w in _NOT_SUBMITS_BEFORE)
    if low[k] == "quyết":
        return named or low[k - 1] in (",", "xét")
    return True
