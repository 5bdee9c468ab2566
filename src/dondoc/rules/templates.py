"""The reports that offices owe: what each is called, what it can be about, and of which sections it consists
(`data/templates.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from dondoc.rules.datafiles import read_data
from dondoc.rules.text import vi_date

BlockKind = Literal["sentences", "table", "chart", "text"]
Offer = Literal["", "result", "difficulties", "next_steps"]
Place = Literal["body", "annex"]
FALLBACK = "vi"


class UnknownTemplate(LookupError):
    """A kind of report that the data do not have on that day."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"Không có mẫu báo cáo “{key}” vào ngày {vi_date(on)}. Hãy chọn một mẫu trong danh sách.")
        self.key = key


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in each language in which a report is printed."""

    by_language: Mapping[str, str]

    def __getitem__(self, language: str) -> str:
        return self.by_language.get(language[:2], self.by_language[FALLBACK])


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a kind of report: its heading, of what it consists, where it stands.

    `offers` is the part of the agencies' reports of progress that is offered for it; "" for none.
    """

    key: str
    heading: Words
    blocks: tuple[BlockKind, ...]
    offers: Offer
    place: Place


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of report: its name, its type and symbol on paper, a title for each kind of scope, its sections.

    `sure` as in parameters.
    """

    key: str
    name: Words
    type_name: Words
    symbol: str
    titles: Mapping[str, Words]
    sections: tuple[Section, ...]
    from_on: date
    source: str
    sure: bool

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the report can be about: "office", "agency", "resolution", "programme"."""
        return tuple(self.titles)

    def title(self, kind: str, scope: str, *, language: str) -> str:
        """Give the title of a report of this kind about a scope of that kind, which is called so."""
        return self.titles[kind][language].replace("{scope}", scope)


def templates(*, on: date) -> tuple[Template, ...]:
    """List the kinds of report of a day, in the order of the file."""
    return _templates(on)


def template(key: str, *, on: date) -> Template:
    """Give a kind of report by its key as of a day. Raises UnknownTemplate."""
    found = next((one for one in _templates(on) if one.key == key), None)
    if found is None:
        raise UnknownTemplate(key, on)
    return found


@lru_cache(maxsize=256)
def _templates(on: date) -> tuple[Template, ...]:
    found: dict[str, Template] = {}
    for row in read_data("templates")["template"]:
        if row["from"] <= on and (row["key"] not in found or found[row["key"]].from_on <= row["from"]):
            found[row["key"]] = _template(row)
    return tuple(found.values())


def _template(row: Mapping[str, Any]) -> Template:
    return Template(
        key=row["key"],
        name=Words(row["name"]),
        type_name=Words(row["type"]),
        symbol=row["symbol"],
        titles={kind: Words(words) for kind, words in row["titles"].items()},
        sections=tuple(
            Section(
                section["key"],
                Words(section["heading"]),
                tuple(section["blocks"]),
                section.get("offers", ""),
                section.get("place", "body"),
            )
            for section in row["sections"]
        ),
        from_on=row["from"],
        source=row["source"],
        sure=row.get("sure", True),
    )
