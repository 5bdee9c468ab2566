"""The log as a chain: how one entry is tied to the one before it, and how an exported log is checked.

Standard library only, so that an inspector can check an export with nothing but this file. (design: the log is the
truth's backbone; Quy chế 08-QC/TW wants every task tracked on data that can be trusted.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
FORMAT = "dondoc-log-1"
CHAINED = ("office", "seq", "recorded_at", "actor", "action", "detail_digest", "previous")


def canonical(value: object) -> str:
    """Write a value as JSON in exactly one way: keys in order, no spaces, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_bytes(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def entry_hash(entry: Mapping[str, Any]) -> str:
    """Tie an entry to the one before it: the digest of its chained fields, the previous hash among them."""
    return digest(canonical([entry[field] for field in CHAINED]))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a log: at which line of the file (from 1), in which entry, and what."""

    line: int
    seq: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a log found: how many entries, how many of them expunged, the head it ends in, the faults."""

    entries: int
    expunged: int
    head: Mapping[str, Any] | None
    faults: tuple[Fault, ...]


def check(lines: Iterable[str]) -> Checked:
    """Check an exported log line by line: each entry's digest and hash, its tie to the one before, and the head."""
    faults: list[Fault] = []
    entries = expunged = 0
    previous, expected, head = START, 1, None
    for number, entry in _parsed(lines, faults):
        if head is not None:
            faults.append(Fault(number, entry.get("seq"), "stands after the head"))
            continue
        if "head" in entry:
            head = entry
            faults += _head_faults(number, entry["head"], entries=expected - 1, previous=previous)
            continue
        entries += 1
        expunged += entry.get("detail") is None
        faults += _entry_faults(number, entry, expected=expected, previous=previous)
        if isinstance(entry.get("seq"), int):
            expected = entry["seq"] + 1
        previous = entry.get("hash", "")
    if head is None:
        faults.append(Fault(0, None, "the file has no head: its end was cut off"))
    return Checked(entries, expunged, head, tuple(faults))


def _parsed(lines: Iterable[str], faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            faults.append(Fault(number, None, "is not JSON"))
            continue
        if isinstance(entry, dict):
            yield number, entry
        else:
            faults.append(Fault(number, None, "is not an entry"))


def _entry_faults(number: int, entry: Mapping[str, Any], *, expected: int, previous: str) -> list[Fault]:
    seq = entry.get("seq")
    missing = [field for field in (*CHAINED, "hash", "detail") if field not in entry]
    if missing:
        return [Fault(number, seq, f"lacks {', '.join(missing)}")]
    found = []
    if seq != expected:
        found.append(Fault(number, seq, f"stands where entry {expected} belongs"))
    if entry["previous"] != previous:
        found.append(Fault(number, seq, "does not follow from the entry before it"))
    if entry["detail"] is not None and digest(entry["detail"]) != entry["detail_digest"]:
        found.append(Fault(number, seq, "its detail was changed"))
    if entry_hash(entry) != entry["hash"]:
        found.append(Fault(number, seq, "was changed"))
    return found


def _head_faults(number: int, head: Mapping[str, Any], *, entries: int, previous: str) -> list[Fault]:
    found = []
    if head.get("format") != FORMAT:
        found.append(Fault(number, None, f"the head is not of the format {FORMAT}"))
    if head.get("seq") != entries:
        found.append(Fault(number, None, f"the head counts {head.get('seq')} entries, the file {entries}"))
    if head.get("hash") != previous:
        found.append(Fault(number, None, "the head does not follow from the last entry"))
    return found
