"""The paragraphs of a document: soft line breaks joined, numbers and bullets read, head and foot set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.reader.clean import Clean
from dondoc.reader.find.lexicon import fold, lexicon, terms

_MARKER = re.compile(
    r"[ \t>*_]*(?:"
    r"(?P<article>(?:Điều|ĐIỀU|Khoản|Mục|MỤC|Chương|CHƯƠNG|Phần|PHẦN)\s+(?P<article_no>\d{1,3}|[IVXLC]{1,6})\b[.:]?)"
    r"|(?P<roman>[IVX]{1,5})\s?[.\-)/](?=\s)"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?(?=\s*[^\W\d])"
    r"|(?P<number>\d{1,2})(?:[.)/]|-|\s-)(?=\s*[^\W\d_]|\s*[*\"“(])"
    r"|(?P<letter>[a-zđ])(?:[.)](?=\s)|\)(?=[^\W\d_]))"
    r"|\((?P<paren>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\.?(?=\s)"
    r"|(?P<ordinal>(?:Thứ|Một|Hai|Ba|Bốn|Năm|Sáu)\s(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|là)),"
    r"|(?P<bullet>[-–—+*•●▪o])(?=\s+\S|[^\W\d_])"
    r")[ \t]*"
)
_RULE_LINE = re.compile(r"[\s\-–—_*=.~|]*$")
_CLOSES = '.;:!?…”")]|'
# The number of a document and its place and day stand on lines of their own.
_OWN_LINE = re.compile(r"\W*(?:Số\s*:?\s*\d{1,5}\s*[/-]\S{1,25}|[^,;:]{2,40},\s+ngày\s.{1,30}\d{4})\W*$")
_FOOT = re.compile(r"[|\s*_]*(?:Nơi nhận|NƠI NHẬN|Nơi Nhận)\b")
_ANNEX = re.compile(
    r"\s*(?:PHỤ LỤC|Phụ lục|DANH MỤC|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|QUY CHẾ|QUY ĐỊNH|BẢNG PHÂN CÔNG|PHÂN CÔNG)\b"
)
_HEADING_LENGTH = 110
# No page is so narrow that a line of this length was broken where it ends.
_SHORT = 60
_TOPIC = re.compile(
    r"[\W\d]*(?:[IVX]{1,5}[.)/-]\s*)?(?:Về|Thực trạng|Tình hình|Kết quả|Đánh giá|Đề xuất|Kiến nghị|Mục đích|Mục tiêu|"
    r"Yêu cầu|Nhiệm vụ|Giải pháp|Tổ chức thực hiện|Phương hướng|Hạn chế|Tồn tại|Nguyên nhân|Quan điểm|Ưu điểm|"
    r"Bối cảnh|Căn cứ|Nội dung|Kinh phí|Thời gian)(?!\w)"
)
_OPENERS = terms("giao trong theo để qua cơ ngày nhằm đối hàng hằng định trước đến nếu khi với")
# A line that ends with one of these words goes on.
_UNFINISHED = terms(
    "của và các với về tại cho do theo từ đến là trong trên để hoặc thuộc bộ sở ban ủy những một số cùng "
    "nhân được có bởi không bằng sẽ đã đang cần phải chủ phó , -"
)
_LEVELS = ("article", "roman", "number", "dotted", "paren", "letter", "ordinal", "bullet")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of plain text that belongs together; ``body`` starts after its number or bullet.

    ``depth`` counts how many numbered parts stand above it; ``path`` are the labels of those parts and its own.
    ``foot`` marks recipients, signature and what follows them.
    """

    start: int
    end: int
    body: int
    kind: str
    label: str
    path: tuple[str, ...]
    parent: int
    foot: bool

    @property
    def marked(self) -> bool:
        """Whether it has a number or bullet of its own."""
        return bool(self.kind)


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _capitals(line: str) -> bool:
    if line.isupper():
        return True
    line = line[:160]
    return sum(map(str.isupper, line)) > 0.8 * sum(map(str.isalpha, line)) > 0


def _starts_anew(previous: str, line: str) -> bool:
    """Whether a line with a capital at its head begins a text of its own under a short heading.

    It does where it begins with words that open an order or a sentence ("Tham mưu …", "Căn cứ …", "Giao …"); a
    name that the page broke ("Việt / Nam") does not.
    """
    if len(previous) > _HEADING_LENGTH or fold(previous.rsplit(maxsplit=1)[-1]) in _UNFINISHED:
        return False
    given = [word.strip(",:") for word in line.split(maxsplit=4)[:4]]
    if fold(given[0]) in _OPENERS and (len(given) < 2 or given[1][:1].islower() or fold(given[0]) != "các"):
        return True
    if len(given) < 2 or not given[1][:1].islower():
        return False
    low = [fold(word) for word in given]
    found = lexicon().predicates.at(low, 0, len(low)) or lexicon().openings.at(low, 0, len(low))
    return found is not None and found[1] > 1


def _continues(previous: str, line: str) -> bool:
    """Whether a line break inside a sentence: the next line goes on with the same thought."""
    stripped = line.lstrip()
    if not stripped or _MARKER.match(line) or "|" in previous or "|" in line or "\t" in previous:
        return False
    tail = previous.rstrip()
    if not tail:
        return False
    if _capitals(tail) != _capitals(stripped) and (_capitals(tail) or len(stripped) > 3):
        return False
    if _OWN_LINE.match(tail):
        return False
    if stripped[0].islower():
        return True
    if tail[-1] in ",":
        return True
    return tail[-1] not in _CLOSES and not (_RULE_LINE.match(tail) or len(tail) < 3 or _starts_anew(tail, stripped))


def _heads(previous: str, line: str) -> bool:
    """Whether a short numbered line that names a topic ("1. Về tình hình …") is a heading over the line after it."""
    tail = previous.rstrip()
    if len(tail) > _SHORT or not line.lstrip()[:1].isupper() or _MARKER.match(previous) is None:
        return False
    return _TOPIC.match(tail) is not None and fold(tail.rsplit(maxsplit=1)[-1]) not in _UNFINISHED


def join_lines(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Joins soft line breaks: the text with them made spaces, and the runs that belong together."""
    runs: list[tuple[int, int]] = []
    soft: list[int] = []
    blank = True
    for start, end in _lines(text):
        line = text[start:end]
        if not line.strip():
            blank = True
            continue
        title = len(runs) == 1 and line.lstrip()[:1].isupper() and not _capitals(line)
        previous = text[text.rfind("\n", 0, runs[-1][1]) + 1 : runs[-1][1]] if runs else ""
        if runs and not blank and not title and _continues(previous, line) and not _heads(previous, line):
            soft.append(runs[-1][1])
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
        blank = False
    if soft:
        chars = list(text)
        for place in soft:
            chars[place] = " "
        text = "".join(chars)
    return text, runs


def _label(match: re.Match[str]) -> tuple[str, str]:
    for kind in _LEVELS:
        value = match.group("article_no") if kind == "article" and match.group("article") else match.group(kind)
        if value:
            return kind, value if kind not in ("bullet", "ordinal") else ""
    return "", ""


def paragraphs(text: Clean) -> tuple[str, list[Paragraph]]:
    """The paragraphs of a plain text in order, and the text with soft line breaks made spaces."""
    flat, runs = join_lines(text.text)
    out: list[Paragraph] = []
    open_parts: list[tuple[str, str, int]] = []
    foot = False
    for start, end in runs:
        line = flat[start:end]
        if _RULE_LINE.match(line):
            continue
        if _FOOT.match(line):
            foot = True
            open_parts = []
        elif foot and len(line) < 200 and _ANNEX.match(line) and _capitals(line.split("\n")[0][:40]):
            foot = False
        match = _MARKER.match(line)
        kind = label = ""
        body = start + len(line) - len(line.lstrip(" \t*_>"))
        if match and not foot:
            kind, label = _label(match)
            body = start + match.end()
            _open(open_parts, kind, label, len(out))
        elif not kind:
            while open_parts and open_parts[-1][0] in ("bullet", "ordinal"):
                open_parts.pop()
        while body < end and flat[body] in " *_\t":
            body += 1
        parent = open_parts[-1][2] if open_parts else -1
        if kind:
            parent = open_parts[-2][2] if len(open_parts) > 1 else -1
        path = tuple(part[1] for part in open_parts if part[1])
        stop = start + len(line.rstrip(" \t*_"))
        out.append(Paragraph(start, max(stop, body), body, kind, label, path, parent, foot))
    return flat, out


def _open(parts: list[tuple[str, str, int]], kind: str, label: str, index: int) -> None:
    """Closes the parts that a new number ends, and opens its own."""
    if kind == "dotted":
        while parts and not (
            parts[-1][0] in ("article", "roman")
            or (parts[-1][0] in ("dotted", "number") and label.startswith(parts[-1][1] + "."))
        ):
            parts.pop()
    else:
        depth = next((i for i, part in enumerate(parts) if part[0] == kind), None)
        if depth is not None:
            del parts[depth:]
        elif kind in ("article", "roman"):
            # Larger than any number: ends all but a larger part above it.
            rank = _LEVELS.index(kind)
            while parts and _LEVELS.index(parts[-1][0]) > rank:
                parts.pop()
        elif kind == "number":
            while parts and parts[-1][0] in ("dotted", "letter", "bullet", "paren"):
                parts.pop()
    parts.append((kind, label, index))
