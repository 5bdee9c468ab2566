"""The cells of a table of tasks: what each column holds by its name, and the names and days its cells hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.reader.find.agencies import read_names, starts_name
from dondoc.reader.find.predicates import predicate
from dondoc.reader.find.tokens import Tokens

Place = tuple[str, int, int]
_COLUMNS = tuple(
    (kind, re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE))
    for kind, pattern in (
        ("number", r"\W*(?:STT|TT|Số TT|Số thứ tự|No\.?)\W*$"),
        (
            "figure",
            r"^\W*(?:số|tỷ lệ|tỉ lệ|tổng|kế hoạch vốn|giải ngân|vốn|lũy kế|%|dự toán)\b(?! hiệu| văn)",
        ),
        ("coordinator", r"phối hợp|tham gia"),
        ("product", r"sản phẩm|kết quả(?! thực)|hình thức văn bản|đầu ra"),
        ("term", r"thời (?:gian|hạn|điểm)|tiến độ|\bhạn\b|hoàn thành|kỳ báo cáo|kết thúc"),
        (
            "note",
            r"kết quả|ghi chú|căn cứ|hình thức|đơn vị tính|\bĐVT\b|kinh phí|lĩnh vực|cơ sở pháp|bắt đầu",
        ),
        ("lead", r"chủ trì|(?:cơ quan|đơn vị) (?:trình|soạn thảo)"),
        ("monitor", r"lãnh đạo|theo dõi|đôn đốc|thẩm (?:định|tra)|cấp trình|trình duyệt|ban hành"),
        (
            "lead",
            r"chịu trách nhiệm|trách nhiệm|phụ trách|đầu mối|thực hiện|phân công|soạn thảo|được giao|tham mưu",
        ),
        ("content", r"nội dung|nhiệm vụ|công việc|giải pháp|hoạt động"),
        ("body", r"cơ quan|đơn vị|bộ,? ngành|địa phương|tổ chức|cá nhân|người"),
        ("content", r"tên|chỉ tiêu|mục tiêu|dự án|đề án|văn bản|chương trình|sự kiện"),
    )
)
# "Nội dung thực hiện", "Nhiệm vụ phân công": what is done, whoever the word for doing would name elsewhere.
_CONTENT_FIRST = re.compile(r"\W*(?:tên|nội\s+dung|nhiệm\s+vụ|công\s+việc|giải\s+pháp|hoạt\s+động)\b", re.IGNORECASE)
# A column of targets ("Năm 2030", "Mục tiêu đến 2030"): the year is the due year of what its cells hold.
_YEAR_COLUMN = re.compile(r"\b(20[2-9]\d)\b")
_DITTO = re.compile(r"[\s\-–]*(?:nt|n\.t|như\s+trên|\"|“|”|//|''|″)[\s.\-–]*$", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:\(\s*)?(?:là\s+)?(?:cơ\s+quan\s+|đơn\s+vị\s+)?phối\s+hợp\b", re.IGNORECASE)
_ROLE = re.compile(r"(?P<lead>chủ\s+trì|đầu\s+mối|thực\s+hiện)\s*:|(?P<with>phối\s+hợp)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; an empty cell has ``start == end``."""

    start: int
    end: int


def column_kind(text: str) -> str:
    """What a column holds by its name: number, content, lead, body, coordinator, monitor, term, product, note or ""."""
    text = " ".join(text.split())
    if not text or len(text) > 90:
        return ""
    years = _YEAR_COLUMN.findall(text)
    if years:
        return f"year {years[-1]}"
    if _CONTENT_FIRST.match(text) and "chủ trì" not in text.lower():
        return "content"
    return next((kind for kind, pattern in _COLUMNS if pattern.search(text)), "")


def settle_columns(kinds: list[str], texts: list[str]) -> list[str] | None:
    """The kinds of the columns once all are known; None where the table gives nobody anything to do.

    "Đơn vị" names the responsible only where no other column does, and never where numbers are all that follows.
    """
    out = list(kinds)
    if "lead" not in out:
        for weaker in ("body", "monitor"):
            strong = "content" in out and ("term" in out or "product" in out or "coordinator" in out)
            if weaker in out and (strong or _TELLS_WHO.search(texts[out.index(weaker)])):
                out[out.index(weaker)] = "lead"
                break
    out = ["note" if kind in ("body", "monitor") else kind for kind in out]
    if "content" not in out and "lead" in out:
        free = [i for i, kind in enumerate(out) if not kind]
        if not free:
            return None
        out[free[0]] = "content"
    given = "lead" in out or "term" in out
    return out if given and "content" in out and len(out) > 2 else None


_TELLS_WHO = re.compile(r"chịu|phụ\s+trách|lãnh\s+đạo|chỉ\s+đạo", re.IGNORECASE)


def cells_of(flat: str, start: int, end: int, least: int = 2) -> list[Cell]:
    """The cells of a ruled line."""
    line = flat[start:end]
    mark = "|" if "|" in line else "\t"
    if line.count(mark) < least:
        return []
    out: list[Cell] = []
    at = start
    for piece in line.split(mark):
        stripped = piece.strip(" *\t")
        lead = len(piece) - len(piece.lstrip(" *\t"))
        out.append(Cell(at + lead, at + lead + len(stripped)))
        at += len(piece) + 1
    if mark == "|" and line.lstrip().startswith("|"):
        out = out[1:]
    if mark == "|" and line.rstrip().endswith("|"):
        out = out[:-1]
    return out


def cell_names(tokens: Tokens, start: int, end: int) -> list[tuple[str, int, int]]:
    """All names of a cell; what stands between marks and is no known name is taken as written."""
    i, last = tokens.index(start), tokens.index(end)
    out: list[tuple[str, int, int]] = []
    while i < last:
        if (found := predicate(tokens, i, last)) is not None and not starts_name(tokens, i, last):
            i += found[1]
            continue
        names, after = read_names(tokens, i, last)
        if names:
            out += [(n.text, tokens.start[n.first], tokens.end[n.last - 1]) for n in names]
        else:
            after = i
            while after < last and tokens.low[after] not in (",", ";", "-", "+", "<", "."):
                after += 1
            if after > i and tokens.capital(i):
                out.append((tokens.slice(i, after), tokens.start[i], tokens.end[after - 1]))
        i = max(after, i + 1)
        while i < last and not (starts_name(tokens, i, last) or tokens.capital(i)):
            i += 1
    return out


def is_ditto(flat: str, cell: Cell) -> bool:
    """Whether a cell only repeats the one above it ("nt", a ditto mark)."""
    return _DITTO.match(flat, cell.start, cell.end) is not None


def cell_roles(flat: str, tokens: Tokens, cell: Cell) -> tuple[list[Place], list[Place]]:
    """Those who lead and those who take part in a cell that may hold both ("Sở A (chủ trì); Sở B (phối hợp)")."""
    roles = list(_ROLE.finditer(flat, cell.start, cell.end))
    if roles:
        leads: list[Place] = cell_names(tokens, cell.start, roles[0].start())
        others: list[Place] = []
        for i, role in enumerate(roles):
            end = roles[i + 1].start() if i + 1 < len(roles) else cell.end
            (leads if role["lead"] else others).extend(cell_names(tokens, role.end(), end))
        return leads, others
    leads, others = [], []
    for name in cell_names(tokens, cell.start, cell.end):
        (others if _ASIDE.match(flat, name[2], cell.end) else leads).append(name)
    return (leads, others) if leads else (others, [])
