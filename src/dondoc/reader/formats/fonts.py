"""Which font a run of a Word document is set in: it tells the code table of text of before Unicode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dondoc.reader.formats.legacy import encoding_of_font

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 12


def _font(properties: Any) -> str | None:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    if fonts is None:
        return None
    name = fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
    return str(name) if name else None


@dataclass(slots=True)
class Fonts:
    """The fonts of the styles of one document; looks up each style once."""

    styles: Any
    known: dict[str, str | None] = field(default_factory=dict)
    nodes: dict[str, Any] = field(default_factory=dict)
    default: str | None = None
    paragraph_default: str | None = None

    def __post_init__(self) -> None:
        """Reads which font text has where nothing is said."""
        if self.styles is None:
            return
        self.default = _font(self.styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in self.styles.findall(W + "style"):
            name = str(style.get(W + "styleId"))
            self.nodes[name] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.paragraph_default = name

    def _of_style(self, name: str | None, depth: int = 0) -> str | None:
        if name is None or name not in self.nodes or depth > _DEEPEST:
            return None
        if name not in self.known:
            style = self.nodes[name]
            font = _font(style.find(W + "rPr"))
            base = style.find(W + "basedOn")
            if font is None and base is not None:
                font = self._of_style(str(base.get(W + "val")), depth + 1)
            self.known[name] = font
        return self.known[name]

    def of_paragraph(self, paragraph: Any) -> str | None:
        """The code table of text in a paragraph that says nothing else of itself; None for Unicode."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = str(style.get(W + "val")) if style is not None else self.paragraph_default
        font = self._of_style(name) or self.default
        return encoding_of_font(font) if font else None

    def of_run(self, run: Any, inherited: str | None) -> str | None:
        """The code table of a run; ``inherited`` is the one of its paragraph."""
        properties = run.find(W + "rPr")
        if properties is None:
            return inherited
        font = _font(properties)
        if font is None and (style := properties.find(W + "rStyle")) is not None:
            font = self._of_style(str(style.get(W + "val")))
        return encoding_of_font(font) if font else inherited
