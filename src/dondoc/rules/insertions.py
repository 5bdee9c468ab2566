"""Figures within words that somebody types: `{duties.late agency=7}`; and numbers that are only typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"\{([a-z_]+\.[a-z_]+)((?:\s+[a-z_]+=[^\s{}]+)*)\s*\}")
# What holds digits and counts nothing: days and months, numbers of documents, places in them, terms of office.
_NO_COUNT = re.compile(
    r"""
    \d{1,2}[/.-]\d{1,2}[/.-]\d{2,4} | \d{1,2}[/-]\d{4} | \b\d{1,2}/\d{1,2}\b
    | \b[IVX]+/\d{4}\b
    | \b\d+[\w]*(?:[-/][\w.]+)*[-/][A-ZĐƯ][\w.-]*
    | \b(?:năm|tháng|ngày|quý|kỳ|khóa|khoá|điều|khoản|điểm|mục|phần|chương|phụ\ lục|đoạn|giai\ đoạn|nhiệm\ kỳ|số|đợt|
        lần\ thứ|thứ|giờ|NQ|nghị\ quyết|nghị\ định|chỉ\ thị|kết\ luận|chương\ trình|kế\ hoạch|quyết\ định)
      \s+(?:số\s+)?\d+(?:\s*[-/]\s*\d+)*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*\s?%?")


@dataclass(frozen=True, slots=True)
class Insertion:
    """A figure named within words: its key, its arguments, and the words that named it."""

    key: str
    arguments: Mapping[str, str]
    token: str


def token(key: str, arguments: Mapping[str, str]) -> str:
    """Write a figure as it is named within words."""
    return "{" + " ".join([key, *(f"{name}={value}" for name, value in sorted(arguments.items()))]) + "}"


def parts(text: str) -> tuple[str | Insertion, ...]:
    """Cut a text into plain words and the figures that are named in it."""
    found: list[str | Insertion] = []
    end = 0
    for match in _TOKEN.finditer(text):
        found.append(text[end : match.start()])
        pairs = (pair.split("=", 1) for pair in match.group(2).split())
        found.append(Insertion(match.group(1), dict(pairs), match.group()))
        end = match.end()
    found.append(text[end:])
    return tuple(part for part in found if part)


def insertions(text: str) -> tuple[Insertion, ...]:
    """List the figures that are named in a text, in their order."""
    return tuple(part for part in parts(text) if isinstance(part, Insertion))


def typed_numbers(text: str) -> tuple[str, ...]:
    """List the numbers that somebody typed into a text, each once: counts and shares that no figure stands behind.

    Days, years, numbers of documents and of their articles are no such numbers.
    """
    words = _NO_COUNT.sub(" ", _TOKEN.sub(" ", text))
    return tuple(dict.fromkeys(match.group().strip() for match in _NUMBER.finditer(words)))
