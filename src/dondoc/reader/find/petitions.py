"""What lower units ask of higher ones (kiến nghị, đề xuất): a list of its own, never tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dondoc.reader.clean import Clean
from dondoc.reader.find.agencies import read_names
from dondoc.reader.find.frame import Frame
from dondoc.reader.find.layout import Paragraph
from dondoc.reader.find.sentences import sentences
from dondoc.reader.find.tokens import Tokens
from dondoc.reader.model import Petition

# "Các đơn vị đã kiến nghị UBND tỉnh một số nội dung như: …"
_ASKS = re.compile(
    r"(?P<verb>(?:đã\s+|cũng\s+|đồng\s+thời\s+|trân\s+trọng\s+)*(?:có\s+)?(?:kiến\s+nghị|đề\s+xuất(?:,\s*kiến\s+nghị)?|đề\s+đạt|đề\s+nghị))"
    r"\s+(?:với\s+|lên\s+|đến\s+)?",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"(?:các|những|nội\s+dung|ý\s+kiến|của|theo|xét|về|việc|giải\s+quyết|trả\s+lời|sở|báo\s+cáo|,|văn\s+bản|\d)\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\W*(?:(?:[IVX]+|\d+)[.)]\s*)?(?:NHỮNG\s+|MỘT\s+SỐ\s+|CÁC\s+)?(?:ĐỀ\s+XUẤT\s*,?\s*(?:VÀ\s+)?)?KIẾN\s+NGHỊ(?:\s*,?\s*(?:VÀ\s+)?ĐỀ\s+XUẤT)?"
    r"(?:\s+(?:VỚI|ĐỐI\s+VỚI)\s+(?P<to>[^:\n]{3,120}?))?\s*:?\s*$",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"\b(?:Giao|giao|yêu\s+cầu|đề\s+nghị\s+(?:Bộ|Sở|Ủy|UBND)|chủ\s+trì)\b")
# "Sở … kính trình Ủy ban nhân dân tỉnh xem xét:" – what follows is asked for, though it says "giao".
_SUBMITS = re.compile(
    r"\b(?:kính\s+(?:trình|đề\s+nghị)|trình)\b\s*(?P<to>[^:.;]{3,160}?)\s(?:xem\s+xét|quyết\s+định|cho\s+ý\s+kiến)"
    r"[^:.;]{0,60}:\s*$"
)
_CLOSES = re.compile(r"\W*Kính\s+(?:trình|đề\s+nghị)\b")
_HIGHER = re.compile(
    r"\b(?:Quốc\s+hội|Chính\s+phủ|Thủ\s+tướng|Trung\s+ương|Bộ\s+Chính\s+trị|Ban\s+Bí\s+thư|Ủy\s+ban\s+Thường\s+vụ\s+Quốc\s+hội|Bộ\s+[A-ZĐ]|các\s+[Bb]ộ|"
    r"(?:UBND|Ủy\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân|HĐND|Hội\s+đồng\s+nhân\s+dân|Tỉnh\s+ủy|Thành\s+ủy)\b)"
)


def find_petitions(frame: Frame) -> list[Petition]:
    """Lists the petitions of a document in the order of the text."""
    text, flat, parts, tokens = frame.text, frame.flat, frame.parts, frame.tokens
    if "nghị" not in flat and "NGHỊ" not in flat and "xuất" not in flat:
        return []
    out: list[Petition] = []
    for index, part in enumerate(parts):
        if part.foot:
            continue
        heading = _HEADING.match(flat, part.body, part.end)
        if heading and part.end - part.body < 160:
            out += _under_heading(text, flat, parts, index, heading.group("to"))
        else:
            out += _said(text, flat, tokens, part)
    unique = {p.span: p for p in out}
    return sorted(unique.values(), key=lambda p: p.span.start)


def _under_heading(text: Clean, flat: str, parts: list[Paragraph], index: int, to: str | None) -> Iterator[Petition]:
    """The items under a heading "Kiến nghị, đề xuất", unless they are answered there ("Giao Bộ …")."""
    items = []
    for part in parts[index + 1 :]:
        numbered = part.marked and part.kind not in ("bullet", "ordinal")
        if part.foot or (numbered and len(part.path) <= len(parts[index].path) and parts[index].marked):
            break
        if not parts[index].marked and not part.marked and not _SUBMITS.search(flat, part.body, part.end):
            break
        items.append(part)
    if not items:
        return
    submits = _SUBMITS.search(flat, items[0].body, items[0].end)
    if submits is None and any(_ANSWERED.search(flat, p.body, p.end) for p in items):
        return
    to = to or (submits["to"] if submits else None)
    for part in items:
        body = flat[part.body : part.end].rstrip(" .;/")
        if len(body) > 15 and not body.endswith(":") and not _CLOSES.match(body):
            span = text.span(part.body, part.body + len(body))
            yield Petition(span, None, to, " ".join(body.split()), "heading", 0.7)


def _said(text: Clean, flat: str, tokens: Tokens, part: Paragraph) -> Iterator[Petition]:
    """The parts of a sentence in which a lower unit asks a higher one."""
    body = flat[part.body : part.end]
    if "iến nghị" not in body and "ề xuất" not in body:
        return
    for parts in sentences(flat, part.body, part.end):
        start, end = parts[0][0], parts[-1][1]
        match = _ASKS.search(flat, start, parts[0][1])
        if match is None or _NOUN_BEFORE.search(flat[start : match.start()]):
            continue
        by, _ = read_names(tokens, tokens.index(start), tokens.index(match.start()))
        to, after = read_names(tokens, tokens.index(match.end()), tokens.index(end))
        verb = match.group("verb").lower()
        if not by or not to or not _HIGHER.search(to[0].text):
            continue
        if "kiến" not in verb and "xuất" not in verb:
            continue
        first = tokens.start[after] if after < len(tokens.start) else end
        colon = flat.find(":", first, min(parts[0][1], first + 80))
        first = colon + 1 if colon >= 0 else first
        whole = [(max(first, parts[0][0]), parts[0][1]), *parts[1:]] if colon >= 0 else [(first, end)]
        names = "; ".join(n.text for n in by), "; ".join(n.text for n in to)
        for a, b in whole:
            piece = flat[a:b]
            first = a + len(piece) - len(piece.lstrip(" :,"))
            last = first + len(flat[first:b].rstrip(" .…;,/"))
            if last - first > 10:
                asked = " ".join(flat[first:last].split())
                yield Petition(text.span(first, last), names[0], names[1], asked, "asks", 0.85)
