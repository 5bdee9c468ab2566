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
    legal: bool = False


def _level(node: Any) -> Level:
    legal = node.find(W + "isLgl")
    return Level(
        _int(_value(node, W + "start"), 1),
        _value(node, W + "numFmt") or "decimal",
        _value(node, W + "lvlText") or "",
        legal is not None and legal.get(W + "val") not in ("0", "false"),
    )


def _value(node: Any, path: str) -> str | None:
    found = node.find(path) if node is not None else None
    value = found.get(W + "val") if found is not None else None
    return str(value) if value is not None else None


def _int(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() and len(value) < 7 else default


@dataclass(frozen=True, slots=True)
class Shape:
    """The levels of one list; lists of the same ``family`` count on together unless a level says otherwise."""

    family: str
    levels: dict[int, Level]
    restarts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    numbering: Any
    styles: Any
    shapes: dict[str, Shape] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Reads the lists and the styles that number their paragraphs."""
        if self.numbering is not None:
            self._read_shapes()
        if self.styles is not None:
            self._read_styles()

    def _read_shapes(self) -> None:
        abstract = {a.get(W + "abstractNumId"): a for a in self.numbering.findall(W + "abstractNum")}
        for num in self.numbering.findall(W + "num"):
            family = _value(num, W + "abstractNumId") or ""
            base = abstract.get(family)
            listed = base.findall(W + "lvl") if base is not None else []
            levels = {_int(lvl.get(W + "ilvl"), 0): _level(lvl) for lvl in listed}
            restarts: dict[int, int] = {}
            for override in num.findall(W + "lvlOverride"):
                at = _int(override.get(W + "ilvl"), 0)
                own = override.find(W + "lvl")
                if own is not None:
                    levels[at] = _level(own)
                    restarts[at] = levels[at].start
                start = _value(override, W + "startOverride")
                if start is not None:
                    restarts[at] = _int(start, 1)
            self.shapes[str(num.get(W + "numId"))] = Shape(family, levels, restarts)

    def _read_styles(self) -> None:
        nodes = {str(style.get(W + "styleId")): style for style in self.styles.findall(W + "style")}
        for name, node in nodes.items():
            style: Any = node
            level: str | None = None
            for _ in range(12):
                level = level or _value(style, f"{W}pPr/{W}numPr/{W}ilvl")
                num = _value(style, f"{W}pPr/{W}numPr/{W}numId")
                if num:
                    self.by_style[name] = (num, _int(level, 0))
                    break
                base = nodes.get(_value(style, W + "basedOn") or "")
                if base is None:
                    break
                style = base

    def label(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph with a space after it, or ""."""
        props = paragraph.find(W + "pPr")
        styled = self.by_style.get(_value(props, W + "pStyle") or "", ("0", 0))
        num = _value(props, f"{W}numPr/{W}numId") or styled[0]
        level = _int(_value(props, f"{W}numPr/{W}ilvl"), styled[1])
        shape = self.shapes.get(num)
        own = shape.levels.get(level) if shape else None
        if shape is None or own is None or own.kind == "none":
            return ""
        if own.kind == "bullet":
            return "- "
        counts = self.counted.setdefault(shape.family, {})
        restart = shape.restarts.get(level) if (num, level) not in self.begun else None
        self.begun.add((num, level))
        counts[level] = restart if restart is not None else counts.get(level, own.start - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        levels = shape.levels

        def number_of(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at)
            kind = "decimal" if other is None or (own.legal and at != level) else other.kind
            return as_format(counts.get(at, other.start if other else 1), kind)

        text = re.sub(r"%([1-9])", number_of, own.text)
        return text + " " if text.strip() else ""
