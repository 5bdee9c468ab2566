"""Sentences of a paragraph, and the parts that ";" cuts them into."""

from __future__ import annotations

import re

_CUT = re.compile(r"[.;!?…()“”]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|tp|PGS|GS|TS|ThS|BS|KS|CN|ĐH|St|Nxb|Tr|tr|v|vv|Đ|P|Q|H|T|U|M|KT|TM|TL|TUQ|T\.Ư)|^\W*\d{1,2})$"
)


def sentences(text: str, start: int, end: int) -> list[list[tuple[int, int]]]:
    """The sentences of ``text[start:end]``, each as the runs between its ";" outside brackets and quotes."""
    out: list[list[tuple[int, int]]] = []
    parts: list[tuple[int, int]] = []
    at = start
    depth: list[str] = []
    for match in _CUT.finditer(text, start, end):
        mark, place = match.group(), match.start()
        if mark in "(“":
            close = ")" if mark == "(" else "”"
            if text.find(close, place, end) >= 0:
                depth.append(close)
        elif mark in ")”":
            if depth and depth[-1] == mark:
                depth.pop()
        elif depth:
            continue
        elif mark == ";":
            parts.append((at, place))
            at = place + 1
        elif _ends_sentence(text, place, start, end):
            parts.append((at, place))
            at = place + 1
            out.append(parts)
            parts = []
    if text[at:end].strip(" .;:…/\n"):
        parts.append((at, end))
    if parts:
        out.append(parts)
    return [cleaned for parts in out if (cleaned := [p for p in parts if text[p[0] : p[1]].strip(" .…/\n\t")])]


def _ends_sentence(text: str, place: int, start: int, end: int) -> bool:
    following = text[place + 1 : place + 4]
    rest = following.lstrip(' \n\t"”*')
    if not rest:
        return not text[place + 1 : end].strip(" ./…\n\t") or len(following) == 3
    if not (rest[0].isupper() or rest[0] in '“"(-–+[' or rest[0].isdigit()):
        return False
    if rest[0].isdigit():
        return text[place] != "." or (
            following[0] in " \n"
            and not text[max(start, place - 2) : place].strip().isdigit()
            and not _ABBREVIATION.search(text[max(start, place - 8) : place])
        )
    before = text[max(start, place - 8) : place]
    if following[0] in " \n\t":
        return not _ABBREVIATION.search(before)
    return bool(before) and (before[-1].islower() or before[-1] in '")%') and text[place] in ".!?" and rest[0].isupper()
