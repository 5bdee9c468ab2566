"""What kind of work an order asks for, and the stages its product passes."""

from __future__ import annotations

import re

from dondoc.reader.model import AssignmentKind

_STAGES = (
    (
        "drafts",
        re.compile(r"\b(?:tham\s+mưu|soạn\s+thảo|xây\s+dựng|dự\s+thảo|hoàn\s+thiện)\b", re.IGNORECASE),
    ),
    ("submits", re.compile(r"\btrình\b(?!\s+độ|\s+tự)", re.IGNORECASE)),
    ("passes", re.compile(r"\b(?:ban\s+hành|phê\s+duyệt|thông\s+qua|quyết\s+định)\b", re.IGNORECASE)),
)
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


def stages_of(deed: str) -> tuple[str, ...]:
    """The stages that an order names in their order: drafts, submits, passes; empty for fewer than two."""
    found = []
    at = 0
    for name, pattern in _STAGES:
        match = pattern.search(deed, at)
        if match:
            found.append(name)
            at = match.end()
    return tuple(found) if len(found) > 1 else ()
