"""How an official paper looks, by the issuer's hierarchy and the day: dated data with sources
(`data/layouts.toml`).

State papers follow Nghị định 30/2020/NĐ-CP, Phụ lục I; Party papers Hướng dẫn 36-HD/VPTW (2018) and, since
27/5/2026, Hướng dẫn 05-HD/VPTW.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from dondoc.rules.datafiles import read_data

Hierarchy = Literal["party", "state"]
Align = Literal["left", "centre", "right", "justify"]
RuleBelow = Literal["none", "full", "part", "dashes"]


@dataclass(frozen=True, slots=True)
class Element:
    """How one part of a paper is set: size in points with the allowed range, shape, place, the line beneath
    it.

    `words` are the fixed words it has or begins with. `sure` is False where the rule itself was not read.
    """

    size: float
    sizes: tuple[float, float]
    bold: bool
    italic: bool
    caps: bool
    underline: bool
    align: Align
    rule: RuleBelow
    words: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins in millimetres as used; `back` are top, bottom, left, right of the reverse of a two-sided
    sheet."""

    top: float
    bottom: float
    left: float
    right: float
    back: tuple[float, float, float, float] | None
    sure: bool


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the page number stands and how large; `from_edge_mm` from the paper's upper edge, if the rule
    says."""

    size: float
    place: Literal["top_centre"]
    from_edge_mm: float | None
    on_first_page: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class BodyText:
    """How the running text is set: indent in millimetres, space after and lines in points or as a
    multiple."""

    first_line_mm: float
    space_after_pt: float
    line_pt: float | None
    line_spacing: float | None
    align: Align
    sure: bool


@dataclass(frozen=True)
class Layout:
    """The layout of one hierarchy's papers from `from_on` until before `until_on`.

    `number_form` and `letter_number_form` (công văn) are templates with {number}, {kind}, {body}, {unit};
    `number_restarts` says whether numbers begin anew each year or each term of the committee. `signer_forms`
    maps collective, deputy, by_order, authorised, acting to the letters before the post.
    """

    key: str
    hierarchy: Hierarchy
    from_on: date
    until_on: date | None
    source: str
    sure: bool
    font: str
    margins: Margins
    page_number: PageNumber
    body: BodyText
    number_form: str
    letter_number_form: str
    number_pads_to: int
    number_restarts: Literal["year", "term"]
    ending_mark: str
    basis_prefix: str
    basis_mark: str
    archive_line: str
    signer_forms: Mapping[str, str]
    elements: Mapping[str, Element]

    def number_line(self, number: int, *, body: str, kind: str = "", unit: str = "") -> str:
        """Write the line of number and symbol: "Số: 05/BC-UBND" or "Số 05-BC/TU"; without a kind that of a
        công văn."""
        form = self.number_form if kind else self.letter_number_form
        padded = str(number).zfill(self.number_pads_to)
        return form.format(number=padded, kind=kind, body=body, unit=unit).removesuffix("-")


class NoLayout(LookupError):
    """A hierarchy and a day for which no layout is recorded."""

    def __init__(self, hierarchy: str, on: date) -> None:
        super().__init__(
            f"Chưa có dữ liệu thể thức văn bản ({hierarchy}) cho ngày {on:%d/%m/%Y}. "
            "Hãy chọn ngày ban hành muộn hơn, hoặc bổ sung thể thức của thời kỳ đó vào dữ liệu."
        )


def _element(raw: Mapping[str, Any], *, sure: bool) -> Element:
    return Element(
        size=raw["use"],
        sizes=(raw["sizes"][0], raw["sizes"][1]),
        bold=raw.get("bold", False),
        italic=raw.get("italic", False),
        caps=raw.get("caps", False),
        underline=raw.get("underline", False),
        align=raw["align"],
        rule=raw.get("rule", "none"),
        words=raw.get("words", ""),
        sure=sure and raw.get("sure", True),
    )


def _margins(raw: Mapping[str, Any], *, sure: bool) -> Margins:
    top, bottom, left, right = raw["use"]
    back = tuple(raw["back"]) if "back" in raw else None
    return Margins(top, bottom, left, right, back, sure and raw.get("sure", True))


def _layout(raw: Mapping[str, Any]) -> Layout:
    sure = raw.get("sure", True)
    page, body = raw["page_number"], raw["body"]
    return Layout(
        key=raw["key"],
        hierarchy=raw["hierarchy"],
        from_on=raw["from"],
        until_on=raw.get("until"),
        source=raw["source"],
        sure=sure,
        font=raw["font"],
        margins=_margins(raw["margins"], sure=sure),
        page_number=PageNumber(
            size=page["use"],
            place=page["place"],
            from_edge_mm=page.get("from_edge_mm"),
            on_first_page=page["on_first_page"],
            sure=sure and page.get("sure", True),
        ),
        body=BodyText(
            first_line_mm=body["use_first_line_mm"],
            space_after_pt=body["space_after_pt"],
            line_pt=body.get("use_line_pt"),
            line_spacing=body.get("use_line_spacing"),
            align=body["align"],
            sure=sure and body.get("sure", True),
        ),
        number_form=raw["number_form"],
        letter_number_form=raw["letter_number_form"],
        number_pads_to=raw["number_pads_to"],
        number_restarts=raw["number_restarts"],
        ending_mark=raw["ending_mark"],
        basis_prefix=raw["basis_prefix"],
        basis_mark=raw["basis_mark"],
        archive_line=raw["archive_line"],
        signer_forms=MappingProxyType(dict(raw["signer_forms"])),
        elements=MappingProxyType({key: _element(value, sure=sure) for key, value in raw["elements"].items()}),
    )


@cache
def layouts() -> tuple[Layout, ...]:
    """List all recorded layouts, by hierarchy and then by day."""
    found = [_layout(raw) for raw in read_data("layouts")["layout"]]
    return tuple(sorted(found, key=lambda layout: (layout.hierarchy, layout.from_on)))


def layout_for(hierarchy: Hierarchy, *, on: date) -> Layout:
    """Give the layout of a paper issued by a Party or State body on a day. Raises NoLayout before the first
    known."""
    for layout in layouts():
        if layout.hierarchy == hierarchy and layout.from_on <= on and (layout.until_on is None or on < layout.until_on):
            return layout
    raise NoLayout(hierarchy, on)
