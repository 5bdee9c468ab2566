"""The numbers that Word draws before the paragraphs of a list: they are part of what an officer reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def roman(number: int) -> str:
    """A number as small Roman letters."""
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def as_format(number: int, kind: str) -> str:
    """A number in a Word number format."""
    if kind in ("lowerLetter", "upperLetter"):
        text = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
    elif kind in ("lowerRoman", "upperRoman"):
        text = roman(min(number, 4000))
    elif kind == "decimalZero":
        text = f"{number:02d}"
    else:
        text = str(number)
    return text.upper() if kind.startswith("upper") else text


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    kind: str
    text: str


def _value(node: Any, path: str) -> str | None:
    found = node.find(path) if node is not None else None
    value = found.get(W + "val") if found is not None else None
    return str(value) if value is not None else None


def _int(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() and len(value) < 7 else default


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    numbering: Any
    styles: Any
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Reads the lists and the styles that number their paragraphs."""
        if self.numbering is not None:
            abstract = {a.get(W + "abstractNumId"): a for a in self.numbering.findall(W + "abstractNum")}
            for num in self.numbering.findall(W + "num"):
                base = abstract.get(_value(num, W + "abstractNumId"))
                levels = {}
                for lvl in base.findall(W + "lvl") if base is not None else ():
                    levels[_int(lvl.get(W + "ilvl"), 0)] = Level(
                        _int(_value(lvl, W + "start"), 1),
                        _value(lvl, W + "numFmt") or "decimal",
                        _value(lvl, W + "lvlText") or "",
                    )
                self.levels[str(num.get(W + "numId"))] = levels
        if self.styles is not None:
            for style in self.styles.findall(W + "style"):
                num = _value(style, f"{W}pPr/{W}numPr/{W}numId")
                if num:
                    level = _int(_value(style, f"{W}pPr/{W}numPr/{W}ilvl"), 0)
                    self.by_style[str(style.get(W + "styleId"))] = (num, level)

    def label(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph with a space after it, or ""."""
        props = paragraph.find(W + "pPr")
        num = _value(props, f"{W}numPr/{W}numId")
        level = _int(_value(props, f"{W}numPr/{W}ilvl"), 0)
        if num is None:
            num, level = self.by_style.get(_value(props, W + "pStyle") or "", ("0", 0))
        shape = self.levels.get(num, {}).get(level)
        if shape is None or shape.kind == "none":
            return ""
        if shape.kind == "bullet":
            return "- "
        counts = self.counted.setdefault(num, {})
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]

        def number_of(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = self.levels[num].get(at)
            return as_format(counts.get(at, other.start if other else 1), other.kind if other else "decimal")

        text = re.sub(r"%([1-9])", number_of, shape.text)
        return text + " " if text.strip() else ""
