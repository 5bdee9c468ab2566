"""The log as a chain: how one entry is tied to the one before it, and how an exported log is checked.

Standard library only, so that an inspector can check an export with nothing but this file. (design: the log is the
truth's backbone; Quy chế 08-QC/TW wants every task tracked on data that can be trusted.)

An export is JSON Lines: the entries from the first on, each line the canonical JSON of its fields, then the head:
`{"head": {format, office, seq, hash, exported_at, key}, "signature": …}`. What is checked here is everything but the
signature, which needs more than the standard library (`dondoc.cli.signing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

START = "0" * 64
FORMAT = "dondoc-log-1"
CHAINED = ("office", "seq", "recorded_at", "actor", "account", "action", "detail_digest", "previous")
ENTRY = frozenset({*CHAINED, "hash", "detail"})
TEXTS = ENTRY - {"seq", "account", "detail"}
HEAD = frozenset({"format", "office", "seq", "hash", "exported_at", "key"})
MOST_FAULTS = 1000
"""A file that is no log at all would be one fault a line; the first ones say enough."""

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
"""Write a value as JSON in exactly one way: keys in order, no spaces, Unicode as it is."""


def digest(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_bytes(content: bytes) -> str:
    """Give the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def entry_hash(entry: Mapping[str, Any]) -> str:
    """Tie an entry to the one before it: the digest of its chained fields, the previous hash among them."""
    return digest(canonical([entry[name] for name in CHAINED]))


class FaultKind(StrEnum):
    """What can be wrong in a log; the value is said to whoever checks it."""

    NOT_JSON = "không phải JSON"
    NOT_AN_ENTRY = "không phải một mục của nhật ký"
    REWRITTEN = "không viết đúng như khi xuất"
    CHANGED = "đã bị sửa"
    DETAIL_CHANGED = "nội dung đã bị sửa"
    OUT_OF_PLACE = "đứng vào chỗ của mục {expected}"
    NOT_FOLLOWING = "không nối tiếp mục đứng trước"
    BACK_IN_TIME = "ghi thời điểm sớm hơn mục đứng trước"
    OTHER_OFFICE = "thuộc nhật ký của cơ quan khác ({office})"
    NO_HEAD = "tệp không có dòng kết: phần cuối đã bị cắt"
    AFTER_HEAD = "đứng sau dòng kết"
    HEAD_FORMAT = "dòng kết không theo định dạng {format}"
    OTHER_END = "phải kết thúc ở mục {end}, nhưng dừng ở mục {last}"
    OTHER_LAST = "mục cuối khác với mục cuối đã ghi nhận"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a log: at which line of the file (from 1), in which entry, and what."""

    line: int
    seq: int | None
    kind: FaultKind
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What is wrong, in Vietnamese."""
        return self.kind.value.format(**self.values)


@dataclass(frozen=True, slots=True)
class End:
    """Where a log ends: the number and the hash of its last entry; 0 and START before the first."""

    seq: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a log found: how many entries, how many of them expunged, where it ends, its head line, the
    first faults and how many there are in all."""

    entries: int
    expunged: int
    end: End
    head: Mapping[str, Any] | None
    faults: tuple[Fault, ...]
    faults_in_all: int


def check(lines: Iterable[str], *, sealed: bool = True, end: End | None = None) -> Checked:
    """Check a log line by line: each entry's digest and hash, its tie to the one before, and the head it ends in.

    A log that is read from its own table has no head: `sealed` is False. `end` is where it must end, when that is
    known from elsewhere.
    """
    walk = _Walk()
    number = 0
    for number, line in enumerate(lines, 1):
        walk.take(number, line.rstrip("\r\n"))
    if sealed and walk.head is None:
        walk.fault(number + 1, None, FaultKind.NO_HEAD)
    if end is not None:
        walk.check_end(number + 1, end)
    return Checked(walk.entries, walk.expunged, walk.end, walk.head, tuple(walk.faults), walk.faults_in_all)


class _Walk:
    """How far a check has come."""

    def __init__(self) -> None:
        self.entries = self.expunged = self.faults_in_all = 0
        self.end = End()
        self.head: Mapping[str, Any] | None = None
        self.faults: list[Fault] = []
        self._office: str | None = None
        self._instant = ""

    def fault(self, line: int, seq: int | None, kind: FaultKind, **values: object) -> None:
        """Note what is wrong with a line; of very many only the first are kept, but all are counted."""
        self.faults_in_all += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line, seq, kind, values))

    def take(self, number: int, line: str) -> None:
        """Look at the next line of a log."""
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            self.fault(number, None, FaultKind.NOT_JSON)
            return
        seq = _number(found)
        if self.head is not None:
            self.fault(number, seq, FaultKind.AFTER_HEAD)
        elif _is_head(found):
            self.head = found
            self._check_head(number, found["head"])
        elif not _is_entry(found):
            self.fault(number, seq, FaultKind.NOT_AN_ENTRY)
        else:
            self._check_entry(number, line, found)
            return
        # The head line too is written in one way only; what it says is proved by its signature.
        if self.head is found and canonical(found) != line:
            self.fault(number, None, FaultKind.REWRITTEN)

    def check_end(self, number: int, end: End) -> None:
        """Hold the last entry against the one that somebody else says is the last."""
        if end.seq != self.end.seq:
            self.fault(number, None, FaultKind.OTHER_END, end=end.seq, last=self.end.seq)
        elif end.hash != self.end.hash:
            self.fault(number, None, FaultKind.OTHER_LAST)

    def _check_entry(self, number: int, line: str, entry: Mapping[str, Any]) -> None:
        seq: int = entry["seq"]
        for kind, values in self._entry_faults(line, entry):
            self.fault(number, seq, kind, **values)
        self.entries += 1
        self.expunged += entry["detail"] is None
        self.end = End(seq, entry["hash"])
        self._instant = max(self._instant, entry["recorded_at"])
        self._office = self._office or entry["office"]

    def _entry_faults(self, line: str, entry: Mapping[str, Any]) -> Iterator[tuple[FaultKind, dict[str, object]]]:
        if canonical(entry) != line:
            # Also keeps out what cannot be digested: half a character, a field that stands there twice.
            yield FaultKind.REWRITTEN, {}
            return
        if entry["seq"] != self.end.seq + 1:
            yield FaultKind.OUT_OF_PLACE, {"expected": self.end.seq + 1}
        if entry["previous"] != self.end.hash:
            yield FaultKind.NOT_FOLLOWING, {}
        if entry["detail"] is not None and digest(entry["detail"]) != entry["detail_digest"]:
            yield FaultKind.DETAIL_CHANGED, {}
        if entry_hash(entry) != entry["hash"]:
            yield FaultKind.CHANGED, {}
        # Instants are written in UTC with none or six digits of a second, so that their order is that of the letters.
        if entry["recorded_at"] < self._instant:
            yield FaultKind.BACK_IN_TIME, {}
        if entry["office"] != (self._office or entry["office"]):
            yield FaultKind.OTHER_OFFICE, {"office": entry["office"]}

    def _check_head(self, number: int, head: Mapping[str, Any]) -> None:
        if head["format"] != FORMAT:
            self.fault(number, None, FaultKind.HEAD_FORMAT, format=FORMAT)
        self.check_end(number, End(head["seq"], head["hash"]))
        if head["office"] != (self._office or head["office"]):
            self.fault(number, None, FaultKind.OTHER_OFFICE, office=head["office"])


def _number(found: object) -> int | None:
    seq = found.get("seq") if isinstance(found, dict) else None
    return seq if isinstance(seq, int) and not isinstance(seq, bool) else None


def _is_entry(found: object) -> bool:
    return (
        isinstance(found, dict)
        and found.keys() == ENTRY
        and _number(found) is not None
        and all(isinstance(found[name], str) for name in TEXTS)
        and isinstance(found["detail"], str | None)
        and (found["account"] is None or type(found["account"]) is int)
    )


def _is_head(found: object) -> bool:
    return (
        isinstance(found, dict)
        and found.keys() == {"head", "signature"}
        and isinstance(found["signature"], str)
        and isinstance(found["head"], dict)
        and found["head"].keys() == HEAD
        and _number(found["head"]) is not None
        and all(isinstance(found["head"][name], str) for name in HEAD - {"seq"})
    )
