"""Which agency a name in a document stands for, on the document's day and from where its issuer stands.

Documents write "UBND tỉnh", "Sở GD&ĐT", "Văn phòng": short forms are written out, what is relative is completed by
the issuer, agencies that have ended are carried on to what follows them. A name that cannot be completed or that no
list knows is kept as written and proposed as new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache

from dondoc.reader.find.heads import head_at, honorific, portfolio_at, skip_plural
from dondoc.reader.find.lexicon import fold, lexicon, rows
from dondoc.reader.find.lines import LOWER
from dondoc.reader.find.tokens import Tokens, tokenize
from dondoc.reader.model import Agency, Assignment, Mention
from dondoc.reader.reform import successor

_SHORT = re.compile(r"[^\s(),;]+")
_NAME = rf"(?P<name>(?:\s+[{LOWER.upper()}][\w'-]*|\s+-(?=\s))*)"
_KINDS = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_PLACE = re.compile(rf"\b({_KINDS})\b{_NAME}")
_LARGE_KIND = re.compile(rf"\b(?:{'|'.join(kind.capitalize() for kind in _KINDS.split('|'))})\b(?! ủy)")
_COMMITTEE = re.compile(rf"\b([Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị|[Đđ]ảng) [Ủủ]y(?! ban){_NAME}$")
_SEVERAL = re.compile(
    r"\b(?:các|những)\s+(?:tỉnh|xã|phường|huyện|sở|bộ|phòng|ban)|,\s*(?:phường|thành phố|đặc khu)\b", re.IGNORECASE
)
_PERSON = re.compile(rf"\b(?:tỉnh|thành phố)((?:\s+[{LOWER.upper()}]\w*){{3,}})$")
_OF_COMMITTEE = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_CENTRAL = ("Trung ương", "Chính phủ", "Quốc hội", "Bộ ", "Thủ tướng", "Ban Bí thư", "Chủ tịch nước")
# Offices of every province: without a place they are the issuer's own.
_OF_EACH_PROVINCE = ("Sở ", "Thanh tra", "Công an tỉnh", "Công an thành phố", "Bộ Chỉ huy", "Mặt trận", "Ban Quản lý")
_OF_EACH_ISSUER = ("Văn phòng", "Thường trực", "Ban Thường vụ", "Ban Chấp hành", "Ban Chỉ đạo", "Phòng ")


_SOLE = frozenset({"thủ tướng chính phủ", "thủ tướng", "chủ tịch nước", "tổng bí thư", "chủ tịch quốc hội"})


@cache
def _provinces() -> dict[str, str]:
    return {fold(name): kind for name, kind in rows("provinces.txt")}


def place_of(issuer: str | None) -> tuple[str, str] | None:
    """The kind and name of the place that an issuer stands for: ("tỉnh", "Hà Trung"), or None."""
    if not issuer:
        return None
    written = write_out(issuer)
    if (match := _COMMITTEE.search(written)) and match["name"].strip():
        kind = _OF_COMMITTEE.get(match[1].lower())
        return (kind, match["name"].strip()) if kind else None
    named = [m for m in _PLACE.finditer(_small_kinds(written)) if m["name"].strip()]
    return (named[-1][1], named[-1]["name"].strip(" -")) if named else None


def _small_kinds(text: str) -> str:
    return _LARGE_KIND.sub(lambda match: match[0].lower(), text)


def write_out(name: str) -> str:
    """A name with its short forms written out and single spaces: "UBND tỉnh" is "Ủy ban nhân dân tỉnh"."""
    short = lexicon().abbreviations
    text = _SHORT.sub(lambda m: short.get(m.group(), m.group()), " ".join(name.split()))
    return re.sub(r"\b([UuỦủ])[ỷy]\s+ban\b", lambda m: ("Ủ" if m[1] in "UỦ" else "ủ") + "y ban", text)


@lru_cache(maxsize=4096)
def resolve(name: str, *, issuer: str | None, on: date | None) -> Agency:
    """Finds the agency for a name as a document writes it.

    ``issuer`` completes what is relative; ``on`` is the document's day: names that had ended by then are carried on.
    """
    written = _small_kinds(write_out(name))
    tokens = tokenize(written)
    end = len(tokens.low)
    first = honorific(tokens, 0, end)
    plain = skip_plural(tokens, first, end)
    if not end or plain > first or _lists(tokens, end):
        return Agency(written, None, several=True, known=head_at(tokens, plain, end) is not None)
    if fold(written) in _SOLE:
        return Agency(written, fold(written))
    post, at = _post(tokens, first, end)
    if at >= end or (first and post is None and head_at(tokens, first, end) is None):
        return Agency(written, None, post=post)
    bare = _without_person(written[tokens.start[at] :])
    if skip_plural(tokens, at, end) > at or _several_places(bare):
        return Agency(bare, None, post=post, several=True)
    full, relative = _complete(bare[0].upper() + bare[1:], issuer)
    known = _known(tokens, at, end)
    follows = successor(full, on) if on else None
    if follows is None:
        return Agency(full, None if relative else fold(full), post, False, relative, known)
    new, fact = follows
    return Agency(new or full, None if relative else fold(new or full), post, False, relative, known, full, fact.on)


def _lists(tokens: Tokens, end: int) -> bool:
    """Whether one phrase names a class of offices ("sở, ban, ngành")."""
    found = head_at(tokens, 0, end)
    after = found[1] if found else end
    if "," in tokens.low[:after]:
        return True
    return after < end and tokens.low[after] == "," and head_at(tokens, after + 1, end) is not None


def _several_places(name: str) -> bool:
    return _SEVERAL.search(name) is not None


def _post(tokens: Tokens, first: int, end: int) -> tuple[str | None, int]:
    """The post that a name begins with and the token after it."""
    found = head_at(tokens, first, end)
    if found is None or found[0] != "post":
        return None, first
    at = first + found[1]
    if tokens.low[at - 2 : at] == ["văn", "phòng"] or tokens.low[at - 2 : at] == ["thanh", "tra"]:
        return tokens.slice(first, at), at - 2
    if at < end and head_at(tokens, at, end) is None and not portfolio_at(tokens, at, end):
        return tokens.slice(first, at), end
    return tokens.slice(first, at), at


def _without_person(name: str) -> str:
    """ "UBND tỉnh Lê Văn Tám" after a post: the name of the person is no place."""
    match = _PERSON.search(name)
    if match and fold(match[1].strip()) not in _provinces():
        return name[: match.start(1)]
    return name


def _complete(name: str, issuer: str | None) -> tuple[str, bool]:
    """A name with the place of the issuer where it has none, and whether it still lacks one."""
    place = place_of(issuer)
    if match := _COMMITTEE.search(name):
        kind = _OF_COMMITTEE.get(match[1].lower())
        if match["name"].strip() or match[1].lower() == "đảng":
            return name, False
        return (f"{name} {place[1]}", False) if place and kind == place[0] else (name, True)
    named = list(_PLACE.finditer(name))
    if named:
        if named[-1]["name"].strip(" -"):
            return name, False
        if place and named[-1][1] == place[0] and named[-1].end() == len(name):
            return f"{name} {place[1]}", False
        return name, True
    if name.startswith(_OF_EACH_PROVINCE):
        if place and place[0] in ("tỉnh", "thành phố"):
            return f"{name} {place[0]} {place[1]}", False
        return name, True
    if name.startswith(_OF_EACH_ISSUER) and len(name.split()) <= 3 and not any(word in name for word in _CENTRAL):
        return (f"{name} {write_out(issuer)}", False) if issuer else (name, True)
    if fold(name) in ("ủy ban nhân dân", "hội đồng nhân dân", "công an", "ủy ban kiểm tra", "ban tổ chức"):
        return (f"{name} {place[0]} {place[1]}", False) if place else (name, True)
    return name, False


def _known(tokens: Tokens, at: int, end: int) -> bool:
    """Whether the kind of an agency is on our lists: a named body, or a ministry or department with a known field."""
    found = head_at(tokens, at, end)
    if found is None:
        return False
    if found[0] in ("named", "committee"):
        return True
    return bool(portfolio_at(tokens, at + found[1], end))


def with_agencies(assignments: Sequence[Assignment], *, issuer: str | None, on: date | None) -> list[Assignment]:
    """The same assignments, each name with the agency it stands for."""
    seen: dict[str, Agency] = {}

    def known(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        for mention in mentions:
            if mention.text not in seen:
                seen[mention.text] = resolve(mention.text, issuer=issuer, on=on)
        return tuple(replace(m, agency=seen[m.text]) for m in mentions)

    return [replace(a, leads=known(a.leads), coordinators=known(a.coordinators)) for a in assignments]
