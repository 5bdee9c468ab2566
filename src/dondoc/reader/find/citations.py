"""Other documents that a document names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dondoc.reader.clean import Clean
from dondoc.reader.find.document_numbers import NUMBER, Number, kind_names, number_of, parse_number
from dondoc.reader.find.lines import LOWER
from dondoc.reader.model import Citation

__all__ = ["Number", "find_citations", "parse_number"]

_KIND_WORDS = "|".join(sorted((re.escape(name) for name, _ in kind_names()), key=len, reverse=True))
# "Nghị quyết số", "Công văn", "NQ số": what the text calls the document right before its number.
_BEFORE = re.compile(rf"(?:\b(?P<kind>{_KIND_WORDS}|NQ|QĐ|CV|VB|KL|CT)\s+)?(?P<no>số\s*:?\s*)?$", re.IGNORECASE)
# "Luật Tổ chức Quốc hội số": a law is called by its name before its number.
_LAW_BEFORE = re.compile(r"\b((?:Bộ luật|Luật|Pháp lệnh) [^,;.:()\n]{2,90}?) số\s*:?\s*$")
_SHORT = re.compile(
    rf"\b(?P<kind>{_KIND_WORDS}|NQ)\s+(?:số\s+)?(?P<serial>\d{{1,4}})(?![\w/%.,-]*\d)(?![\w/%-])(?!\s*[-–]\s*[A-ZĐ])",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"[ \n]{0,3},?[ \n]{0,3}ngày[ \n]{1,3}"
    r"(?:(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{1,2})[ \n]+tháng[ \n]+(\d{1,2})[ \n]+năm[ \n]+(\d{4}))"
)
_HEADLINE = re.compile(r"(?:^|[\n|])[ *|]*(?:S[ốỐ]|(?i:nghị quyết|luật) số)\s*:?\s*$")
_TITLE_STOP = re.compile(
    rf"[;.:()“”\"]|\n(?![{LOWER}])|, [A-ZĐ]|,? (?:và )?(?:Nghị|Quyết|Chỉ|Thông|Công|Kế|Kết)\s\w+ số\b"
)
_LONGEST_TITLE = 240
_SHORT_REACH = 48
_REACH = 40


@dataclass(frozen=True, slots=True)
class _Seen:
    start: int
    end: int
    number: Number
    kind: str | None
    has_no: bool


def find_citations(text: Clean) -> list[Citation]:
    """Lists the documents that the text names by their number, in the order of the text.

    The document's own number, on a line of its own under the letterhead, is no citation. A short form such as
    "Nghị quyết số 59" is one where the text gives the number in full elsewhere, and only one number fits.
    """
    plain = text.text
    seen = [s for s in _numbers(plain) if not _is_own_number(plain, s)]
    found = [_citation(text, s) for s in seen]
    found += _short_forms(text, seen)
    return sorted(found, key=lambda citation: citation.span.start)


def _numbers(plain: str) -> Iterator[_Seen]:
    for match in NUMBER.finditer(plain):
        number = number_of(match)
        if number is None:
            continue
        before = _BEFORE.search(plain[max(0, match.start() - _REACH) : match.start()])
        kind, no = (before["kind"], before["no"]) if before else (None, None)
        if not (kind or no) and number.kind is None and number.year is None:
            continue  # "10/UBND" without "số" or a kind may be anything
        yield _Seen(match.start(), match.end(), number, kind, bool(no))


def _is_own_number(plain: str, seen: _Seen) -> bool:
    if seen.start > 3000 or not _HEADLINE.search(plain[max(0, seen.start - _REACH) : seen.start]):
        return False
    return re.match(r"[ *|]*(?:\n|$|V/v|V/V|Về )", plain[seen.end : seen.end + 8]) is not None


def _citation(text: Clean, seen: _Seen) -> Citation:
    day, end = _day_after(text.text, seen.end)
    law = _LAW_BEFORE.search(text.text[max(0, seen.start - 110) : seen.start]) if not seen.kind else None
    kind = law[1] if law else seen.kind or seen.number.kind_name
    sure = 0.98 if seen.kind or seen.has_no else 0.9
    return Citation(
        number=seen.number.text,
        span=text.span(seen.start, seen.end),
        title=_title(text.text, end, kind),
        issued_on=day,
        rule="number",
        confidence=sure,
    )


def _day_after(plain: str, place: int) -> tuple[date | None, int]:
    match = _DAY.match(plain, place)
    if not match:
        return None, place
    day, month, year = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day), match.end()
    except ValueError:
        return None, match.end()


def _title(plain: str, place: int, kind: str | None) -> str | None:
    """What the text calls the document: its kind, and its subject where "về …" follows."""
    rest = plain[place : place + _LONGEST_TITLE + 80]
    match = re.match(r"(?:[ \n]của [^;.,()\n“\"]{2,60}?)?,?[ \n](?=[“\"]|về )", rest)
    if not match:
        return kind
    subject = rest[match.end() :].lstrip('“"')
    stop = _TITLE_STOP.search(subject)
    if not stop or stop.start() > _LONGEST_TITLE:
        return kind
    subject = " ".join(subject[: stop.start()].split()).rstrip(" ,")
    return f"{kind} {subject[0].lower()}{subject[1:]}" if kind and subject else kind


def _named_again(plain: str, serials: Iterable[str]) -> list[re.Match[str]]:
    """The places where a kind of document and one of some serial numbers stand, in the order of the text."""
    found: dict[int, re.Match[str]] = {}
    for serial in serials:
        place = plain.find(serial) if serial else -1
        while place >= 0:
            first = place
            while first and plain[first - 1] == "0":
                first -= 1
            end = place + len(serial)
            if not plain[first - 1 : first].isdigit() and not plain[end : end + 1].isdigit():
                for match in _SHORT.finditer(plain, max(0, first - _SHORT_REACH), end + _SHORT_REACH):
                    if match.start("serial") == first:
                        found[first] = match
            place = plain.find(serial, end)
    return [found[place] for place in sorted(found)]


def _short_forms(text: Clean, seen: list[_Seen]) -> list[Citation]:
    full: dict[str, set[str]] = {}
    for item in seen:
        full.setdefault(item.number.serial.lstrip("0"), set()).add(item.number.standard)
    if not full:
        return []
    taken = {item.start for item in seen}
    found = []
    for match in _named_again(text.text, full):
        numbers = full[match["serial"].lstrip("0")]
        if len(numbers) != 1 or match.start("serial") in taken:
            continue
        found.append(
            Citation(
                number=next(iter(numbers)),
                span=text.span(match.start("serial"), match.end("serial")),
                title=match["kind"],
                rule="short form",
                confidence=0.8,
            )
        )
    return found
