"""What a document as a whole says about its orders: whether it orders, by which words, and to whom."""

from __future__ import annotations

import re

from dondoc.reader.find.agencies import read_names
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.scope import opens
from dondoc.reader.find.walk import Walk
from dondoc.reader.model import Header

# Decisions and rules say who does what by rule; they give work out under "Tổ chức thực hiện" and the like.
NORM_KIND = re.compile(r"(?:quyết định|nghị định|thông tư|quy chế|quy định|luật|pháp lệnh|điều lệ)", re.IGNORECASE)


def addressees(walk: Walk, head: frozenset[int]) -> list[tuple[str, int, int]]:
    """The names after "Kính gửi" or "điện:", as the document writes them."""
    out: list[tuple[str, int, int]] = []
    for index in sorted(head):
        part = walk.parts[index]
        start = part.body
        if part.kind != "bullet":
            address = re.search(r"(?:Kính\s+gửi|điện)\s*:", walk.flat[part.start : part.end])
            if address is None:
                continue
            start = part.start + address.end()
        first, end = walk.tokens.index(start), walk.tokens.index(part.end)
        while first < end and walk.tokens.low[first] in ("-", "+", "*"):
            first += 1
        names, _ = read_names(walk.tokens, first, end)
        out += [(n.text, walk.tokens.start[n.first], walk.tokens.end[n.last - 1]) for n in names]
    return out


def is_official(flat: str, parts: list[Paragraph], header: Header) -> bool:
    """Whether the text is a document that orders, and not a press text about one."""
    if any(opens(flat, p) and _ORDERING.search(flat, p.body, p.end) for p in parts):
        return True
    if header.kind == "tin":
        return False
    if header.number or any(p.foot for p in parts):
        return True
    return bool(_KIND_LINE.search(flat[:1500]))


# A press text that prints an order or a conclusion whole is read like the document itself.
_ORDERING = re.compile(
    r"kết\s+luận|chỉ\s+đạo|yêu\s+cầu|giao\b|đề\s+nghị|phân\s+công|chỉ\s+thị|nhiệm\s+vụ|giải\s+pháp|điện\s*:\s*$",
    re.IGNORECASE,
)
_KIND_LINE = re.compile(
    r"(?:^|\n)[^\w\n]*(?:CHỈ THỊ|Chỉ thị|CÔNG ĐIỆN|Công điện|QUYẾT ĐỊNH|Quyết định (?:về|phê)|NGHỊ QUYẾT|THÔNG BÁO|"
    r"KẾT LUẬN|BÁO CÁO|HƯỚNG DẪN|KẾ HOẠCH|Kế hoạch|CHƯƠNG TRÌNH|Kính gửi|PHỤ LỤC|Phụ lục|CÔNG VĂN|Công văn)\b"
)
# "… yêu cầu:" without a name addresses those to whom the document goes.
ASKS_ALL = re.compile(r"(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|chỉ\s+thị)\b[^:]{0,120}:\s*$", re.IGNORECASE)
# A press text hands on what a leader says.
SAYS = re.compile(
    r"(?:đồng\s+chí|\bông|\bbà|Bí\s+thư|Chủ\s+tịch|Thủ\s+tướng|Bộ\s+trưởng|Giám\s+đốc|lãnh\s+đạo)\b[^.;\n]{0,90}?"
    r"\b(?:nhấn\s+mạnh|nêu\s+rõ|chỉ\s+rõ|phát\s+biểu|khẳng\s+định|lưu\s+ý|kết\s+luận|chỉ\s+đạo|yêu\s+cầu|đề\s+nghị|quán\s+triệt|giao)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\W*(?:Trong\s+)?(?:thời\s+gian\s+(?:tiếp\s+theo|tới)|(?:các|những)\s+tháng\s+(?:cuối|còn)|giai\s+đoạn\s+tới|năm\s+tới)",
    re.IGNORECASE,
)
