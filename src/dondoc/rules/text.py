"""How Vietnamese words are found and ordered, and how numbers and days are written and read.

The engine is initialised in the C locale, where `lower('ĐỐC')` fails and Vietnamese order does not exist:
search and order go through two stored keys made here.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from dondoc.rules.rates import rounded

# Some offices type the Latin Eth (U+00D0) for Đ; on paper the two cannot be told apart.
_ETH = str.maketrans({"Ð": "Đ", "ð": "đ"})
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_LEVEL_TONE, _OTHER_MARK = "1", "7"
# The Vietnamese alphabet, with f j w z where foreign names put them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_SHAPED = {
    ("a", _BREVE): "ă",
    ("a", _CIRCUMFLEX): "â",
    ("e", _CIRCUMFLEX): "ê",
    ("o", _CIRCUMFLEX): "ô",
    ("o", _HORN): "ơ",
    ("u", _HORN): "ư",
}
# Each Vietnamese small letter without its marks: the quick way for texts that hold no other writing.
_PLAIN = str.maketrans(
    {
        unicodedata.normalize("NFC", vowel + shape + tone): vowel
        for vowel in "aeiouy"
        for shape in ("", _BREVE, _CIRCUMFLEX, _HORN)
        for tone in ("", *_TONES)
        if len(unicodedata.normalize("NFC", vowel + shape + tone)) == 1
    }
    | {"đ": "d"}
)
_RUNS = re.compile(r"(?P<space> )|(?P<digits>\d+)|(?P<word>[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*)|(?P<other>.)", re.S)


def _tidy(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(_ETH).translate(_INVISIBLE)
    return _SPACES.sub(" ", composed).strip(" ")


def _unmarked(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


def folded(text: str) -> str:
    """Give the form under which a text is searched: lower case, no accents, đ as d, single spaces.

    "Ðồng chí  HÒA" and "dong chi hoa" fold alike; so do "hoà" and "hòa". Folding twice changes nothing.
    """
    tidy = _tidy(text)
    quick = tidy.lower().translate(_PLAIN)
    if quick.isascii():
        return quick
    plain = _unmarked(_unmarked(tidy).lower()).replace("đ", "d")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", plain)).strip(" ")


def _number_key(digits: str) -> tuple[str, str]:
    """Key of a run of digits: its length before its digits, so that 9 stands before 10; leading zeros decide
    last."""
    plain = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    significant = plain.lstrip("0") or "0"
    length = len(significant)
    prefix = "9" * ((length - 1) // 8) + str((length - 1) % 8 + 1)
    zeros = len(plain) - len(significant)
    return prefix + significant, str(min(zeros + 1, 9))


@lru_cache(maxsize=20_000)  # Vietnamese has some seven thousand syllables: a page of text repeats few
def _word_key(word: str) -> tuple[str, str, str]:
    """Keys of one syllable: its letters, its one tone, its capitals.

    The tone counts for the syllable and not for the letter that carries it: "hoà" and "hòa" are one word.
    """
    letters: list[str] = []
    cases: list[str] = []
    tone = _LEVEL_TONE
    for char in word:
        marks = unicodedata.normalize("NFD", char)
        base, lower = marks[0], marks[0].lower()
        if unicodedata.category(base) == "Mn":
            marks, lower = char, ""
        shaped = lower
        for mark in marks[1:] if lower else marks:
            if (lower, mark) in _SHAPED:
                shaped = _SHAPED[lower, mark]
            elif tone == _LEVEL_TONE:
                tone = _TONES.get(mark, _OTHER_MARK)
        if lower:
            letters.append("".join(_LETTER.get(part, "~" + part) for part in shaped))
            cases.append("1" if base == lower else "2")
    return "".join(letters), tone, "".join(cases)


def sort_key(text: str) -> str:
    """Give the form by which a text is ordered as in a Vietnamese list; compare the keys as plain bytes (C
    collation).

    Letters first (a ă â b c d đ e ê … u ư v x y), then the tone of each syllable (ngang, huyền, hỏi, ngã,
    sắc, nặng), then small before capital. Spaces stand before signs, signs before numbers, numbers by value
    ("Khóm 9" before "Khóm 10") before letters. Levels run over the whole text, as in the Unicode collation
    for Vietnamese (CLDR, vi). Printable, without NUL; letters cost one byte each, so long texts stay within
    an index row when cut to their start.
    """
    primary: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for run in _RUNS.finditer(_tidy(text)):
        if run["word"]:
            letters, tone, case = _word_key(run["word"])
            primary.append(letters)
            tones.append(tone)
            cases.append(case)
        elif run["digits"]:
            number, zeros = _number_key(run["digits"])
            primary.append(number)
            cases.append(zeros)
        else:
            primary.append("!" if run["space"] else '"' + run["other"])
    # The separator " " is below every weight, and trailing lowest weights say nothing: both keep the byte
    # order.
    levels = ["".join(primary), "".join(tones).rstrip("1"), "".join(cases).rstrip("1")]
    return " ".join(levels).rstrip(" ")


class NotANumber(ValueError):
    """A text that does not read as one number in Vietnamese writing."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}” không đọc được là một số. Hãy viết như 1.234,5 (dấu chấm ngăn hàng nghìn, dấu phẩy thập phân)."
        )
        self.text = text


class NotADate(ValueError):
    """A text that does not read as one day of the calendar."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}” không phải là một ngày có thật. Hãy viết ngày/tháng/năm, ví dụ 02/12/2023.")
        self.text = text


def vi_number(value: Decimal | int, places: int | None = None) -> str:
    """Write a number as offices do: 1234.5 → "1.234,5".

    `places` fixes the decimals (rounded as `rates.rounded` says); without it as many as the number needs.
    Raises NotANumber for infinity and NaN.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise NotANumber(str(value))
    if places is not None:
        number = rounded(number, places)
    whole, _, fraction = f"{abs(number):,f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = "-" if number < 0 else ""
    return sign + whole.replace(",", ".") + ("," + fraction if fraction else "")


_NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)\s*(?P<whole>\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(?P<fraction>\d+))?",
    re.A,
)


def parse_vi_number(text: str) -> Decimal:
    """Read a number written as offices do: "1.234,5" → 1234.5, "1.234" → 1234, "16" → 16.

    "1.23" is refused rather than guessed: a dot stands for thousands. Raises NotANumber.
    """
    found = _NUMBER.fullmatch(_tidy(text))
    if not found:
        raise NotANumber(text)
    whole = found["whole"].replace(".", "").replace(" ", "")
    sign = "-" if found["sign"] in {"-", "−"} else ""
    return Decimal(f"{sign}{whole}" + (f".{found['fraction']}" if found["fraction"] else ""))


def vi_date(day: date) -> str:
    """Write a day as screens and tables show it: "02/12/2023"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def vi_date_in_text(day: date) -> str:
    """Write a day as documents cite it: "05/6/2024", with a 0 before days under 10 and months 1 and 2 only.

    Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, khoản 4 (địa danh và thời gian ban hành).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year:04d}"


def vi_date_in_full(day: date) -> str:
    """Write a day as the head of a document has it: "ngày 05 tháng 6 năm 2024" (zeros as in
    `vi_date_in_text`)."""
    parts = vi_date_in_text(day).split("/")
    return f"ngày {parts[0]} tháng {parts[1]} năm {parts[2]}"


_DATE = re.compile(
    r"(?:ngày )?(?P<day>\d{1,2})(?: ?(?P<mark>[/.\-]) ?| tháng )(?P<month>\d{1,2})"
    r"(?(mark) ?(?P=mark) ?|(?: năm |/))(?P<year>\d{4})",
    re.I | re.A,
)


def parse_vi_date(text: str) -> date:
    """Read a day written as offices do: "5/6/2024", "05-06-2024", "20.7.2020", "ngày 18 tháng 6 năm 2024".

    The day always comes before the month and the year has four digits. Raises NotADate.
    """
    found = _DATE.fullmatch(_tidy(text))
    if not found:
        raise NotADate(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise NotADate(text) from None


_TYPED = re.compile(r"(?:ngày )?(\d{1,2}) ?([/.\-]) ?(\d{1,2})(?: ?\2 ?(\d{4}|\d{2}))?", re.I | re.A)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.A)


def parse_typed_date(text: str, *, on: date, ahead: bool) -> date:
    """Read a day as people type it into a field: "5/6", "05/06/2024", "5-6-24", "5.6.2024", "2024-06-05".

    The day comes before the month. Two digits of a year are of this century up to 69, of the last one from 70 on.
    Without a year it is the nearest such day: on or after `on` where `ahead`, else on or before it. Raises NotADate,
    also for 31/2.
    """
    tidy = _tidy(text)
    iso, typed = _ISO.fullmatch(tidy), _TYPED.fullmatch(tidy)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if not typed:
            return parse_vi_date(text)
        day, month = int(typed[1]), int(typed[3])
        if typed[4] and len(typed[4]) == 4:
            return date(int(typed[4]), month, day)
        if typed[4]:
            short = int(typed[4])
            return date(short + (2000 if short < 70 else 1900), month, day)
        return _nearest(day, month, on=on, ahead=ahead)
    except ValueError:
        raise NotADate(text) from None


def _nearest(day: int, month: int, *, on: date, ahead: bool) -> date:
    """Find the nearest day of this day and month; 29/2 may be up to eight years away."""
    for years in range(9):
        try:
            found = date(on.year + (years if ahead else -years), month, day)
        except ValueError:
            continue
        if (found >= on) if ahead else (found <= on):
            return found
    raise ValueError(day, month)
