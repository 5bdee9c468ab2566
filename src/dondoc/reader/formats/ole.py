"""Old Office files (.doc, .xls): which of the two a file is, whether it is locked, and whether it carries macros.

The container is [MS-CFB]: sectors in chains, and a directory of named streams. Only what is needed to refuse a
file by name is read here; its text is read by LibreOffice (.doc) or calamine (.xls).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.reader.refusals import BrokenFile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
_BROKEN = "Tệp .doc hoặc .xls bị hỏng hoặc tải lên chưa đủ; đề nghị mở bằng Word hoặc Excel rồi lưu lại."
# A record of BIFF that says that everything after it is encrypted.
_FILEPASS = 0x002F
# Records of cells: each begins with its row and column.
_CELLS = frozenset(
    {0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206}
    | {0x027E, 0x0406}
)


@dataclass(frozen=True, slots=True)
class Stream:
    """A named stream: its first sector and its length in bytes."""

    start: int
    size: int


@dataclass(slots=True)
class Container:
    """An OLE file: its streams by name."""

    data: bytes
    sector: int
    table: list[int]
    streams: dict[str, Stream]

    @property
    def has_macros(self) -> bool:
        """Whether a VBA project is inside."""
        return any(name in self.streams for name in ("_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR"))

    def sectors(self, start: int) -> Iterator[bytes]:
        """The sectors of a chain, in order."""
        seen = 0
        while start < _END and seen <= len(self.table):
            place = (start + 1) * self.sector
            if place >= len(self.data) or start >= len(self.table):
                return
            yield self.data[place : place + self.sector]
            start = self.table[start]
            seen += 1

    def read(self, name: str, most: int) -> bytes:
        """The first bytes of a stream."""
        stream = self.streams.get(name)
        out = bytearray()
        for sector in self.sectors(stream.start) if stream else ():
            out += sector
            if len(out) >= most:
                break
        return bytes(out[: min(most, stream.size)]) if stream else b""


def open_container(data: bytes) -> Container:
    """Reads the tables of an OLE file; refuses one that is damaged."""
    if len(data) < 1536:
        raise BrokenFile(_BROKEN)
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise BrokenFile(_BROKEN)
    sector = 1 << shift
    directory = struct.unpack_from("<I", data, 48)[0]
    per_sector = sector // 4
    table: list[int] = []
    for number in _table_sectors(data, sector):
        place = (number + 1) * sector
        if place + sector <= len(data):
            table += struct.unpack_from(f"<{per_sector}I", data, place)
    container = Container(data, sector, table, {})
    for piece in container.sectors(directory):
        for at in range(0, len(piece) - 127, 128):
            length, kind = struct.unpack_from("<HB", piece, at + 64)
            start, size = struct.unpack_from("<II", piece, at + 116)
            if kind in (1, 2, 5) and 2 <= length <= 64:
                name = piece[at : at + length - 2].decode("utf-16-le", "replace")
                container.streams.setdefault(name, Stream(start, size))
    if not container.streams:
        raise BrokenFile(_BROKEN)
    return container


def _table_sectors(data: bytes, sector: int) -> Iterator[int]:
    """The sectors that hold the table of chains: 109 named in the head, further ones in sectors of their own."""
    yield from (number for number in struct.unpack_from("<109I", data, 76) if number < _END)
    following = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // sector):
        place = (following + 1) * sector
        if following >= _END or place + sector > len(data):
            return
        numbers = struct.unpack_from(f"<{sector // 4}I", data, place)
        yield from (number for number in numbers[:-1] if number < _END)
        following = numbers[-1]


def is_locked(container: Container) -> bool:
    """Whether a password is needed to read a .doc or .xls file."""
    if "EncryptedPackage" in container.streams:
        return True
    if "WordDocument" in container.streams:
        head = container.read("WordDocument", 12)
        return len(head) == 12 and bool(head[11] & 1)
    return any(kind == _FILEPASS for kind, _ in _records(container, 64))


def _records(container: Container, most: int) -> Iterator[tuple[int, bytes]]:
    """The records of an Excel stream: their kind and content."""
    name = "Workbook" if "Workbook" in container.streams else "Book"
    stream = container.streams.get(name)
    content = container.read(name, stream.size) if stream else b""
    at = count = 0
    while at + 4 <= len(content) and count < most:
        kind, length = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + length]
        at += 4 + length
        count += 1


def cells_reach(container: Container) -> int:
    """How many cells the widest rectangle of an .xls file holds that its filled cells span."""
    first_row, last_row, first_column, last_column = 1 << 16, 0, 1 << 16, 0
    for kind, content in _records(container, 5_000_000):
        if kind in _CELLS and len(content) >= 4:
            row, column = struct.unpack_from("<HH", content)
            if kind in (0x00BD, 0x00BE) and len(content) >= 6:
                # Several cells beside each other: the last column stands at the end.
                last_column = max(last_column, struct.unpack_from("<H", content, len(content) - 2)[0])
            first_row, last_row = min(first_row, row), max(last_row, row)
            first_column, last_column = min(first_column, column), max(last_column, column)
    return max(0, last_row - first_row + 1) * max(0, last_column - first_column + 1)
