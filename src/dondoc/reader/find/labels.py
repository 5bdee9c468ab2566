"""Lines that name one side of a task: "Cơ quan chủ trì: …", "Thời gian hoàn thành: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dondoc.reader.find.agencies import read_names, starts_name
from dondoc.reader.find.tokens import Tokens

LabelKind = Literal["lead", "coordinator", "term", "content", "product"]
_LABEL = re.compile(
    r"\W*(?:"
    r"(?P<lead>(?:(?:Cơ\s+quan|Đơn\s+vị|Bộ\s+phận|Tổ\s+chức)(?:,\s*đơn\s+vị)?\s+(?:chủ\s+trì|thực\s+hiện|chịu\s+trách\s+nhiệm|đầu\s+mối|"
    r"trình|được\s+giao|tham\s+mưu|chủ\s+quản)|Chủ\s+trì|Phân\s+công\s+thực\s+hiện|Trách\s+nhiệm\s+thực\s+hiện|Người\s+thực\s+hiện)"
    r"(?:\s+(?:thực\s+hiện|chính|tham\s+mưu))?)"
    r"|(?P<coordinator>(?:(?:Cơ\s+quan|Đơn\s+vị|Các\s+đơn\s+vị|Các\s+cơ\s+quan)(?:,\s*đơn\s+vị)?\s+)?[Pp]hối\s+hợp(?:\s+thực\s+hiện)?)"
    r"|(?P<term>(?:Thời\s+(?:gian|hạn)|Tiến\s+độ|Hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|xong|thực\s+hiện\s+hoàn\s+thành|trình|báo\s+cáo|xử\s+lý|hoàn\s+tất))*)"
    r"|(?P<content>Nội\s+dung(?:\s+(?:thực\s+hiện|công\s+việc|nhiệm\s+vụ))?|Nhiệm\s+vụ|Tên\s+nhiệm\s+vụ|Công\s+việc)"
    r"|(?P<product>(?:Sản\s+phẩm|Kết\s+quả)(?:\s+(?:đầu\s+ra|dự\s+kiến|thực\s+hiện|cần\s+đạt))*)"
    r")\s*(?P<colon>:|\s(?=trước|trong|chậm|xong|từ|quý|Quý|tháng|năm|đến|là|vào))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled line; ``start`` to ``end`` is what stands after the label."""

    kind: LabelKind
    start: int
    end: int

    def names(self, tokens: Tokens) -> list[tuple[str, int, int]]:
        """The names that the line lists, with their places."""
        end = tokens.index(self.end)
        at = tokens.index(self.start)
        out: list[tuple[str, int, int]] = []
        while at < end:
            names, after = read_names(tokens, at, end)
            if names:
                out += [(n.text, tokens.start[n.first], tokens.end[n.last - 1]) for n in names]
            else:
                after = at
                while after < end and tokens.low[after] not in (",", ";", "."):
                    after += 1
                if after > at and tokens.capital(at):
                    out.append((tokens.slice(at, after), tokens.start[at], tokens.end[after - 1]))
            at = _next_name(tokens, max(after, at + 1), end)
        return out


def _next_name(tokens: Tokens, i: int, end: int) -> int:
    """The token after the next mark or "và" at which a further name begins; ``end`` where none does."""
    for k in range(i, end - 1):
        if tokens.low[k] in (",", ";", "và") and (starts_name(tokens, k + 1, end) or tokens.capital(k + 1)):
            return k + 1
    return end


def read_label(flat: str, start: int, end: int) -> Label | None:
    """The label with which a paragraph begins, or None."""
    match = _LABEL.match(flat, start, min(end, start + 90))
    if match is None:
        return None
    kind: LabelKind
    for kind in ("lead", "coordinator", "term", "content", "product"):
        if match.group(kind):
            if kind != "term" and match.group("colon") != ":":
                return None
            return Label(kind, match.end(), end)
    return None
