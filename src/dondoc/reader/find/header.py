"""The head and the foot of a document: number, kind, issuer, date, subject, signer, recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.reader.clean import Clean
from dondoc.reader.find.capitals import settle_capitals
from dondoc.reader.find.document_numbers import Number, issuer_names
from dondoc.reader.find.letterhead import (
    HEAD_LINES,
    Found,
    PlainTitle,
    Title,
    find_issue_day,
    find_letterhead,
    find_number,
    find_own_name,
    find_plain_title,
    find_press_day,
    find_subject,
    find_title,
)
from dondoc.reader.find.lines import LOWER, Line, lines_of
from dondoc.reader.find.signature import Signature, copies_place, find_recipients, find_signature
from dondoc.reader.model import Header, Span

_PASSED = re.compile(
    r"thông qua(?: tại[^.\n]{0,120}?)?,?\s+(?:vào\s+)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
)
_WORD = r"\s+(?!(?:đã|đang|sẽ|cũng|có|tiếp|tại|vừa|được|là)\s)[\w-]+"
_BODY_NAME = (
    rf"(?:(?:Chủ tịch|Bộ trưởng|Thủ tướng|Giám đốc|Ban Thường vụ|Thường trực|Chủ nhiệm)(?:{_WORD}){{0,14}}?"
    r"|(?:[UỦ][ỷyỶ] [Bb]an|Uỷ ban|UBND|Hội đồng|HĐND|Bộ|Sở|Cục|Ban|Văn phòng|Tỉnh [uủ][ỷy]|"
    r"Thành [uủ][ỷy]|Huyện [uủ][ỷy]|Quận [uủ][ỷy]|Đảng [uủ][ỷy]|Chính phủ|Ngân hàng|Thanh tra|Tổng|Công an|Viện|"
    r"Tòa án|Toà án|Kho bạc|Bảo hiểm|Chi cục|Hội|Đoàn|Trung tâm|Phòng|Trường)"
    rf"(?:{_WORD}){{0,14}}?)"
)
_WIRES = re.compile(r"(?:^|\n)[^\w\n]{0,20}(?P<body>[^\n:]{4,90}?)\s{1,4}điện\s{0,4}:")
_CLOSES = re.compile(
    rf"(?:^|[.\n])[^\S\n]*(?P<body>{_BODY_NAME})\s+(?:xin |trân trọng |kính )?(?:thông báo|yêu cầu|đề nghị)\b"
)
_ORDERS = re.compile(
    rf"(?:^|[,.\n])[^\S\n]*(?:nay )?(?P<body>{_BODY_NAME})\s+"
    r"(?:chỉ thị|yêu cầu|ban hành|quyết định|kết luận|quyết nghị|"
    r"thông báo|đề nghị|hướng dẫn|xây dựng [Kk]ế hoạch|giao|có ý kiến|báo cáo|thống nhất)\b"
)
_SENTENCES = re.compile(rf"[{LOWER}0-9)”\"]\s?[.!?…](?:\s|$)")
_NEWS_KIND = "tin"


@dataclass(frozen=True, slots=True)
class _Head:
    lines: Sequence[Line]
    number: tuple[Number, Found, int] | None
    title: Title | None
    signature: Signature | None

    @property
    def is_official(self) -> bool:
        return bool(self.number or self.title or self.signature)


def find_header(text: Clean, name: str = "") -> Header:
    """Says who issued the document, when, under which number, and who signed it.

    A text with neither number, title nor signature is news ("tin"): nobody issued it, and only the day that
    stands on a line of its own is taken. Sources of the layout: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn
    36-HD/VPTW (2018) and 05-HD/VPTW (2026).
    """
    plain = text.text
    lines = lines_of(plain, 0, min(len(plain), 6000))[:HEAD_LINES]
    head = _Head(lines, find_number(lines), find_title(lines), find_signature(plain))
    bare = None if head.title else find_plain_title(lines, plain)
    addressed = any(re.match(r"Kính (?:gửi|trình)", line.text) for line in lines[:12])
    itself = None if head.is_official or bare or addressed else find_own_name(plain)
    if not (head.is_official or bare or addressed or itself):
        return _news(text, lines)
    kind = _kind(head, bare, addressed=addressed) or (Found(itself, 0, 0) if itself else None)
    issuer = (bare.issuer if bare else None) or _issuer(plain, head, kind.text if kind else None)
    day = find_issue_day(lines) or _day_of_passing(plain, kind.text if kind else None)
    subject = bare.subject if bare else find_subject(lines, head.title, head.number[2] if head.number else None)
    signature = head.signature
    return Header(
        number=re.sub(r"\s+", "", head.number[0].text) if head.number else None,
        kind=kind.text if kind else None,
        issuer=settle_capitals(issuer.text, plain, is_name=True) if issuer else None,
        issued_on=day[0] if day else None,
        subject=settle_capitals(subject.text, _after(plain, subject)) if subject else None,
        signer=signature.name if signature else None,
        signer_position=signature.post if signature else None,
        recipients=tuple(find_recipients(plain)),
        spans=_spans(
            text,
            {
                "number": head.number[1] if head.number else None,
                "kind": kind,
                "issuer": issuer,
                "issued_on": day[1] if day else None,
                "subject": subject,
                "signer": Found(signature.name, signature.start, signature.end) if signature else None,
            },
        ),
    )


def _after(plain: str, found: Found) -> str:
    return plain[found.end :]


def _spans(text: Clean, fields: dict[str, Found | None]) -> dict[str, Span]:
    return {field: text.span(found.start, found.end) for field, found in fields.items() if found}


def _news(text: Clean, lines: Sequence[Line]) -> Header:
    day = find_press_day(lines, lines_of(text.text, max(0, len(text.text) - 300))[-3:])
    if not _SENTENCES.search(text.text):
        return Header()
    return Header(
        kind=_NEWS_KIND,
        issued_on=day[0] if day else None,
        spans=_spans(text, {"issued_on": day[1] if day else None}),
    )


def _kind(head: _Head, bare: PlainTitle | None, *, addressed: bool) -> Found | None:
    if head.title:
        return head.title.kind
    if head.number:
        number, found, _ = head.number
        return Found(number.kind_name, found.start, found.end) if number.kind_name else None
    if bare:
        return bare.kind
    for line in head.lines:
        if addressed and line.text.startswith("Kính gửi"):
            return Found("công văn", line.start, line.start + len("Kính gửi"))
    return None


def _issuer(plain: str, head: _Head, kind: str | None) -> Found | None:
    """Whose paper it is; where the letterhead was lost, who in the text orders, wires or announces."""
    stop = min(
        [
            place
            for place in (
                head.number[2] if head.number else None,
                head.title.line if head.title else None,
                _first_body_line(head.lines),
            )
            if place is not None
        ],
        default=0,
    )
    printed = find_letterhead(head.lines, stop)
    if printed:
        return printed
    signed = _by_sign(head.number[0], head.number[1]) if head.number else None
    if signed:
        return signed
    start = head.title.kind.start if head.title else 0
    foot = copies_place(plain)
    end = foot.start() if foot else len(plain)
    wired = _WIRES.search(plain, start, min(end, start + 3000))
    if wired:
        return _body(wired)
    closings = list(_CLOSES.finditer(plain, max(start, end - 700), end))
    closing = closings[-1] if closings else None
    opening = _ORDERS.search(plain, start, min(end, start + 4000))
    first, second = (opening, closing) if kind == "chỉ thị" else (closing, opening)
    best = first or second
    return _body(best) if best else None


def _by_sign(number: Number, found: Found) -> Found | None:
    """Some signs inside a number belong to one body only: TTg, VPCP, BTC."""
    name = issuer_names().get((number.body or "").rstrip("0123456789"))
    return Found(name, found.start, found.end) if name else None


def _first_body_line(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines):
        if line.text.startswith("Kính gửi") or (len(line.text) > 120 and not line.is_capitals):
            return index
    return None


def _body(match: re.Match[str]) -> Found:
    name = " ".join(match["body"].split())
    return Found(name, match.start("body"), match.end("body"))


def _day_of_passing(plain: str, kind: str | None) -> tuple[date, Found] | None:
    """The day a law or resolution was passed on, where no line of place and date is printed."""
    if kind not in ("luật", "bộ luật", "nghị quyết", "pháp lệnh"):
        return None
    for match in _PASSED.finditer(plain, max(0, len(plain) - 3000)):
        try:
            return date(int(match[3]), int(match[2]), int(match[1])), Found(match.group(), match.start(), match.end())
        except ValueError:
            continue
    return None
