"""Numbers with what they count: "1.635 đảng viên", "15/19 chỉ tiêu", "42,5%", "4 nghìn tỷ đồng", "hai dự án"."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dondoc.reader.find.lines import LOWER

UnitClass = Literal["percent", "money", "measure", "work", "other", "thing"]

_WRITTEN = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
_APPROXIMATE = re.compile(
    r"(?<!\w)(?:gần|khoảng|hơn|trên|dưới|xấp xỉ|chừng|ước|ước khoảng|khoảng trên|khoảng gần|ước đạt)\s*$",
    re.IGNORECASE,
)
# No figure of the work is larger; a longer run of digits is noise, or a telephone number.
_LARGEST = 1e15
# A price is for one piece; so much a month or a head is a figure.
_PER_PIECE = re.compile(r"/(?!\d|\s|tháng|năm|người|quý|ngày|hộ)")
# A digit inside a word, a date or another number begins none of its own.
_INSIDE_A_WORD = re.compile(r"(?:[\w–-]|\d[.,/])\Z")
# "7 nhiệm vụ trên tổng số 14 nhiệm vụ", "500 tỷ đồng trên tổng kế hoạch vốn được giao là 900 tỷ đồng".
_OVER = re.compile(
    r"\s*/\s*|\s+(?:trên|trong)\s+(?:(?:tổng|số|vốn|kế hoạch|nguồn vốn|được giao|cộng|là|hơn|khoảng)\s+){0,6}"
)
# "486 tỷ 75 triệu đồng": an amount whose rest is said in the next smaller unit.
_REST = re.compile(r"[ \n]+(?P<rest>\d{1,3})[ \n]+triệu[ \n]+(?P<currency>đồng|USD)(?!\w)")
# "ngày 2/9", "sáng 5/9": a day, though a thing that is counted may follow.
_DAY_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|lễ|dịp|tháng|tết|từ|đến|hết|trước|sau|nay)[ \n(]*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:\d\s*%?\s*[-–]\s*|(?<!\w)từ\s+[\d.,]+\s*%?\s*(?:\w+\s+){0,2}?(?:đến|tới)\s+)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit at a place of the plain text; ``of`` is the lower number of "15/19"."""

    start: int
    end: int
    value: float
    of: float | None
    unit: str
    unit_class: UnitClass
    approximate: bool


@cache
def claim_words() -> dict[str, Any]:
    """The project's word lists for counts and their states (``data/claim_words.toml``)."""
    raw = (files("dondoc.reader") / "data" / "claim_words.toml").read_text("utf-8")
    return tomllib.loads(unicodedata.normalize("NFC", raw))


def find_quantities(plain: str) -> list[Quantity]:
    """Lists every number that stands with a unit that is counted or measured, ranges left out."""
    found: list[Quantity] = []
    matches = sorted(
        [*_pattern().finditer(plain), *_written_pattern().finditer(plain)], key=lambda match: match.start()
    )
    for match in matches:
        if found and match.start() < found[-1].end:
            continue
        quantity = _quantity(plain, match)
        if quantity and found and _is_lower_number(plain, found[-1], quantity):
            found[-1] = replace(found[-1], of=quantity.value, end=quantity.end)
        elif quantity:
            found.append(quantity)
    return found


def _is_lower_number(plain: str, upper: Quantity, lower: Quantity) -> bool:
    """ "500 tỷ đồng/1.000 tỷ đồng", "7 nhiệm vụ trên tổng số 14 nhiệm vụ": one figure, its unit said twice."""
    between = plain[upper.end : lower.start]
    return (
        upper.of is None
        and upper.unit == lower.unit
        and upper.value <= lower.value
        and _OVER.fullmatch(between) is not None
    )


def parse_numeral(written: str) -> float:
    """The value of a numeral as Vietnamese writes it: 1.234,5 is one thousand two hundred thirty-four and a half.

    A single point with one or two digits behind it ("5.3") can only be a decimal point; ValueError if no numeral.
    """
    word = " ".join(written.split()).lower()
    if word in _WRITTEN:
        return float(_WRITTEN[word])
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", word):
        return float(word.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", word):
        return float(word.replace(",", "."))
    raise ValueError(f"Không phải một con số: {written!r}")


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \n]+").replace(r",[ \n]+", r",[ \n]*") for word in longest_first)


@cache
def _pattern() -> re.Pattern[str]:
    """A numeral and its unit. It begins with a digit and nothing else, so that the text between is skipped fast."""
    words = claim_words()
    measures, none = (_alternatives(words[key]) for key in ("measures", "no_nouns"))
    nouns = _alternatives([*words["work_nouns"], *words["other_nouns"]])
    # Only the first digit of a run may begin one: a run of a million digits is looked at once.
    numeral = r"\d(?<!\d\d)(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d*(?:[.,]\d+)?)(?!\d)"
    currency = r"(?:đồng|USD|VND|VNĐ|đô la(?: Mỹ)?|EUR|euro)"
    thousands = r"(?:(?:nghìn|ngàn|triệu)[ \n]+)?"
    many = r"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)[ \n]+)?"
    money = (
        rf"{thousands}(?:tỷ|tỉ|triệu|nghìn|ngàn)[ \n]+{currency}|{currency}"
        rf"|{thousands}(?:tỷ|tỉ)(?![ \n]+(?:[{LOWER}]*lượt|kWh))"
    )
    thing = rf"{thousands}(?!(?:{none})(?!\w))[{LOWER}]{{2,}}(?:[ ][{LOWER}]{{2,}})?"
    return re.compile(
        rf"(?P<number>{numeral})"
        rf"(?P<ratio>(?:[ ]?/[ ]?|[ ]+(?:trên|trong)[ ]+(?:tổng[ ]+)?(?:số[ ]+)?)(?P<of>{numeral}))?"
        rf"(?:[ \n]?(?P<percent>%)|[ \n]*(?P<money>{money})(?!\w)"
        rf"|[ \n]*(?P<measure>{many}(?:{measures}))(?![\w/])"
        rf"|[ \n]*(?P<noun>{many}(?:{nouns}))(?!\w)"
        rf"|[ ](?P<thing>{thing})(?!\w))"
    )


@cache
def _written_pattern() -> re.Pattern[str]:
    """ "hai dự án": numbers in letters, only before what the work is counted in.

    "một" is mostly an article and "năm" mostly a year: they are not taken for counts.
    """
    written = "|".join(sorted((word[1:] for word in _WRITTEN if word not in ("một", "năm")), key=len, reverse=True))
    initials = "".join(sorted({letter for word in _WRITTEN for letter in (word[0], word[0].upper())}))
    work = _alternatives(claim_words()["work_nouns"])
    return re.compile(rf"(?P<written>[{initials}](?:{written}))[ \n]+(?P<noun>{work})(?!\w)")


@cache
def _work_nouns() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)[ \n]+)?(?:{_alternatives(claim_words()['work_nouns'])})")


def _quantity(plain: str, match: re.Match[str]) -> Quantity | None:
    before = plain[max(0, match.start() - 40) : match.start()]
    said = match.groupdict()
    if _INSIDE_A_WORD.search(before) or _RANGE.search(before):
        return None
    if "written" in said and said["written"].lower() not in _WRITTEN:
        return None
    value = parse_numeral(said.get("number") or said["written"])
    of = parse_numeral(said["of"]) if said.get("of") else None
    unit_class, unit = _unit(said)
    if _is_noise(value, of, unit_class) or _is_no_count(said, unit_class, plain[match.end() : match.end() + 8]):
        return None
    if of is not None and of <= 12 and _DAY_BEFORE.search(before) and not re.search(r"\s", said["ratio"]):
        return None
    end = match.end()
    rest = _REST.match(plain, end) if unit in ("tỷ", "tỉ") and of is None else None
    if rest:
        value, unit, end = round(value + int(rest["rest"]) / 1000, 3), f"tỷ {rest['currency']}", rest.end()
    return Quantity(match.start(), end, value, of, unit, unit_class, _APPROXIMATE.search(before) is not None)


def _unit(said: dict[str, str | None]) -> tuple[UnitClass, str]:
    """The unit as written, its spaces made single, and what kind of unit it is."""
    kinds: tuple[UnitClass, ...] = ("percent", "money", "measure", "thing")
    for kind in kinds:
        if written := said.get(kind):
            return kind, " ".join(written.split())
    noun = " ".join((said["noun"] or "").split())
    return "work" if _work_nouns().fullmatch(noun) else "other", noun


def _is_noise(value: float, of: float | None, unit_class: UnitClass) -> bool:
    if of is None:
        return value > _LARGEST
    return value > of or of > _LARGEST or unit_class == "percent"


def _is_no_count(said: dict[str, str | None], unit_class: UnitClass, after: str) -> bool:
    """ "năm 2025 quy định" is a year, "1.000 đồng/lít" the price of one piece."""
    if unit_class == "money":
        return _PER_PIECE.match(after) is not None
    return unit_class in ("work", "other", "thing") and bool(re.fullmatch(r"(?:19|20)\d\d", said.get("number") or ""))


def sentence_bounds(plain: str) -> Iterator[tuple[int, int]]:
    """The sentences of the text, one after the other; a point inside a number or an abbreviation ends none."""
    start = 0
    for match in _SENTENCE_END.finditer(plain):
        before = plain[match.start() - 1 : match.start()]
        if match["stop"] is not None and not (before.isalnum() or before in '%)”"’]_'):
            continue
        if match["typo"] is not None and not (before.islower() or before in "%)"):
            continue
        if match.end() > start:
            yield start, match.end()
        start = match.end()
    if start < len(plain):
        yield start, len(plain)


# It begins with one character class, so that the text between is skipped fast: a stop and what follows it; a stop
# with no space before the next sentence ("…đề ra.Chủ trì"); an empty line; a line after a colon or stop; a bullet.
_SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<!\n)[.!?…]*(?:(?P<stop>[”\"’)]?(?=\s|$))|(?P<typo>(?=[A-ZĐÂÊÔƯƠĂ“\"\d])))"
    r"|(?<=\n)(?:[ \t]*\n\s*|(?<=[:;.]\n)|(?<=[:;.] \n)|(?=[ \t]*(?:[-–+•]|\(?\d{1,2}[.)]\s|\(?[ivx]+\)))))"
)
