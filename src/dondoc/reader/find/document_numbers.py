"""The number and symbol of a document, such as 59-NQ/TW, 98/NQ-CP or 45/2022/QH15: one grammar for all who need it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dondoc.reader.clean import clean

Grammar = Literal["party", "administrative", "normative"]


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number taken apart; ``text`` is as written, ``standard`` as the rules would write it.

    ``kind`` is the code of the kind ("NQ"), ``body`` the sign of the issuer ("TW", "VPCP"), ``unit`` the sign of
    the part of it that drafted ("KTTH"). The number alone names no document: 59-NQ/TW exists twice, so issuer and
    year or term belong to it.
    """

    text: str
    serial: str
    grammar: Grammar
    kind: str | None = None
    body: str | None = None
    year: int | None = None
    unit: str | None = None

    @property
    def standard(self) -> str:
        """The number as Nghị định 30/2020/NĐ-CP or the Party's rules write it, typing slips put right."""
        if self.grammar == "party":
            return f"{self.serial}-{self.kind}/{self.body}"
        tail = "-".join(part for part in (self.kind, self.body, self.unit) if part)
        return "/".join(part for part in (self.serial, str(self.year or ""), tail) if part)

    @property
    def kind_name(self) -> str | None:
        """What kind of document the number says it is; None where several kinds share the grammar.

        A State number without a code is a công văn; a law and a resolution of Quốc hội look alike.
        """
        if self.kind is None:
            return None if self.year else "công văn"
        if self.kind == "TT":
            return "thông tri" if self.grammar == "party" else "thông tư"
        return kind_of_code(self.kind)


@cache
def kind_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The kinds of documents with their codes, in the order of the data file."""
    raw: dict[str, Any] = tomllib.loads(_data("document_kinds.toml"))
    return tuple((str(k["name"]), tuple(str(c) for c in k["codes"])) for k in raw["kind"])


@cache
def kind_of_code(code: str) -> str | None:
    """The kind that a code inside a number stands for ("NQ": nghị quyết), or None."""
    for name, codes in kind_names():
        if code in codes:
            return name
    return None


@cache
def issuer_names() -> dict[str, str]:
    """The name of each body by its sign, of those signs that mean one body only."""
    raw: dict[str, Any] = tomllib.loads(_data("issuers.toml"))
    return {str(i["sign"]): str(i["name"]) for i in raw["issuer"] if not i.get("generic")}


@cache
def _signs() -> dict[str, str]:
    raw: dict[str, Any] = tomllib.loads(_data("issuers.toml"))
    return {str(i["sign"]).upper(): str(i["sign"]) for i in raw["issuer"]}


@cache
def _party_signs() -> frozenset[str]:
    raw: dict[str, Any] = tomllib.loads(_data("issuers.toml"))
    return frozenset(str(i["sign"]) for i in raw["issuer"] if i["hierarchy"] == "party")


def _data(name: str) -> str:
    return unicodedata.normalize("NFC", (files("dondoc.reader") / "data" / name).read_text("utf-8"))


@cache
def _kind_codes() -> dict[str, str]:
    return {code.upper(): code for _, codes in kind_names() for code in codes}


_KINDS = "|".join(sorted(map(re.escape, _kind_codes()), key=len, reverse=True))
# A sign: capitals with or without Vietnamese marks, small letters inside (TTg, CTr), dots (V.I), a term (QH15).
_SIGN = r"[A-ZĐÂÊÔƯƠĂ](?:[A-Za-zĐđÂÊÔƯƠĂ&]|\.(?=[A-ZĐ])){0,14}\d{0,2}"
_KIND = rf"(?i:(?:{_KINDS}))(?![A-Za-zĐđ])"
_DASH = r"[ ]?[-–—][ ]?"
_SLASH = r"[ ]?/[ ]?"
NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<serial>\d{{1,5}}[a-zA-ZđĐ]?)(?:"
    rf"{_DASH}(?P<party_kind>{_KIND}){_SLASH}(?P<party_body>{_SIGN}(?:-{_SIGN})?)"
    rf"|{_SLASH}(?:(?P<year>(?:19|20)\d\d){_SLASH})?"
    rf"(?:(?P<kind>{_KIND}){_DASH}(?P<body>{_SIGN}(?:[-–](?:{_SIGN}|[IVX]+))*)"
    rf"|(?P<plain>{_SIGN}(?:[-–](?:{_SIGN}|[IVX]+))*))"
    r")(?!\w)"
)


def parse_number(text: str) -> Number | None:
    """Takes a document's number apart, or gives None where the text is not one number and nothing else.

    The word "Số" before it, with or without a colon, is allowed; so are spaces, long dashes and "Ð" for "Đ".
    """
    plain = re.sub(r"^\s*(?:số|so)\b\s*:?\s*", "", clean(text).text.strip(), flags=re.IGNORECASE).strip(" .,;")
    match = NUMBER.fullmatch(plain)
    return number_of(match) if match else None


def number_of(match: re.Match[str]) -> Number | None:
    """The number that a match of :data:`NUMBER` stands for; None where the letters are no sign of a body."""
    text, serial = match.group(), match["serial"]
    if match["party_kind"]:
        return Number(text, serial, "party", _code(match["party_kind"]), match["party_body"])
    year = int(match["year"]) if match["year"] else None
    grammar: Grammar = "normative" if year else "administrative"
    if match["kind"]:
        kind, body = _code(match["kind"]), match["body"]
        if not year and body in _party_signs():
            # "59/NQ-TW": the Party's number typed in the State's grammar.
            return Number(text, serial, "party", kind, body)
        if kind in ("TTLT", "NQLT"):
            return Number(text, serial, grammar, kind, body, year)
        body, unit = _split(body)
        return Number(text, serial, grammar, kind, body, year, unit)
    body, unit = _split(match["plain"])
    if sum(char.isupper() for char in body) < 2:
        return None
    return Number(text, serial, grammar, None, body, year, unit)


def _code(written: str) -> str:
    return _kind_codes()[written.upper()]


def _split(signs: str) -> tuple[str, str | None]:
    body, _, unit = signs.replace("–", "-").partition("-")
    return _signs().get(body.upper(), body), unit or None
