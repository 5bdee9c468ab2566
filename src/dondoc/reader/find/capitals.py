"""Headings printed in capitals, given back the way the rest of the document writes the same words."""

from __future__ import annotations

import re

from dondoc.reader.find.lexicon import lexicon

_LONGEST_RUN = 7
_BODY_REACH = 12_000
# After one of these words a name of a place follows.
_BEFORE_A_NAME = frozenset(["tỉnh", "huyện", "xã", "phường", "quận", "thị", "trấn", "phố", "ủy", "uỷ", "đặc", "khu"])
# In the name of a body the field it works in begins with a capital: Sở Xây dựng, Cục Đấu thầu.
_BEFORE_A_FIELD = frozenset(("bộ", "sở", "cục", "vụ", "viện", "ban", "phòng", "phủ", "tra"))
# The words that name the place-level itself and so stay small after each other ("thành phố", "thị xã").
_SMALL = frozenset(
    [
        "ủy",
        "uỷ",
        "tỉnh",
        "huyện",
        "xã",
        "phường",
        "quận",
        "thị",
        "trấn",
        "thành",
        "phố",
        "đặc",
        "khu",
        "trực",
        "thuộc",
        "trung",
        "ương",
    ]
)


def settle_capitals(heading: str, body: str, *, is_name: bool = False) -> str:
    """Writes a heading in capitals the way the body of the document writes the same words.

    Words that the body does not use are small, but for the first and for what follows "tỉnh", "huyện", "xã" …;
    with ``is_name`` (the heading is a body's name) also for what follows "bộ", "sở", "cục", "ban" …. A heading
    that already mixes large and small letters is left alone.
    """
    words = heading.split()
    if not words or sum(word.isupper() for word in words if word.isalpha()) < 0.8 * len(words):
        return " ".join(words)
    text = " ".join(body[:_BODY_REACH].split())
    folded = text.casefold()
    if len(folded) != len(text):  # a letter whose small form is longer: places would not match
        return heading.capitalize()
    out: list[str] = []
    known = _known_runs(words, text, folded)
    for word, run in zip(words, known, strict=True):
        out.append(run or _single(word, text, out, is_name=is_name))
    first = out[0]
    return " ".join([first[0].upper() + first[1:], *out[1:]])


def _known_runs(words: list[str], text: str, folded: str) -> list[str | None]:
    """Each word as the body writes it inside the longest run of these words that the body holds."""
    best: list[tuple[int, str | None]] = [(0, None)] * len(words)
    for first in range(len(words)):
        for length in range(min(_LONGEST_RUN, len(words) - first), 1, -1):
            if all(best[place][0] >= length for place in range(first, first + length)):
                break
            written = _as_written(" ".join(words[first : first + length]).casefold(), text, folded)
            if written:
                for offset, word in enumerate(written.split()):
                    if best[first + offset][0] < length:
                        best[first + offset] = (length, word)
                break
    return [word for _, word in best]


def _as_written(phrase: str, text: str, folded: str) -> str | None:
    place = folded.find(phrase)
    while place >= 0:
        written = text[place : place + len(phrase)]
        end = place + len(phrase)
        whole = (place == 0 or not text[place - 1].isalnum()) and (end == len(text) or not text[end].isalnum())
        if whole and not written.isupper():
            opens = place == 0 or text[:place].rstrip()[-1:] in '.:;“"-'
            if not opens or written[1:] != written[1:].lower():
                return written
        place = folded.find(phrase, place + 1)
    return None


def _single(word: str, text: str, before: list[str], *, is_name: bool) -> str:
    small = word.lower()
    if len(word) > 2 and word in lexicon().abbreviations:
        return word
    if is_name and before and before[-1].lower() in _BEFORE_A_FIELD and small != "nhân":
        return small.capitalize()
    if re.search(rf"(?<!\w){re.escape(small)}(?!\w)", text):
        return small
    in_field = is_name and len(before) > 1 and before[-2].lower() in _BEFORE_A_FIELD
    named = before and not in_field and (before[-1].lower() in _BEFORE_A_NAME or before[-1].istitle())
    if any(char.isdigit() for char in word) or (len(word) > 1 and re.fullmatch(r"[IVXLC]+", word)):
        return word
    if named and small not in _SMALL:
        return small.capitalize()
    if re.search(rf"(?<!\w){re.escape(small.capitalize())}(?!\w)", text):
        return small.capitalize()
    return small
