"""A backup as one file: a zip of its parts and, last, a list that says what each part must be."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = "dondoc-backup-1"
MANIFEST = "manifest.json"
DUMP = "database.dump"
CHUNK = 1 << 20


class Damaged(Exception):
    """The file is not a whole backup; the message says what is wrong with it."""


class AlreadyThere(Exception):
    """There is a file of that name; a backup never takes another's place."""


class Writer:
    """Adds parts to a backup and remembers what they are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: IO[bytes]) -> None:
        """Add one part, read from `source` to its end."""
        digest, size = hashlib.sha256(), 0
        with self._archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
            while chunk := source.read(CHUNK):
                part.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.parts[name] = {"size": size, "sha256": digest.hexdigest()}

    def close_with(self, manifest: dict[str, Any]) -> None:
        """Add the list of the parts, which makes the backup whole."""
        whole = {"format": FORMAT, **manifest, "parts": self.parts}
        self._archive.writestr(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=1))


@contextmanager
def new_backup(file: Path) -> Iterator[Writer]:
    """Write a backup beside its place, readable by us alone, and put it there when it is whole."""
    if file.exists():
        raise AlreadyThere(str(file))
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                yield Writer(archive)
            stream.flush()
            os.fsync(stream.fileno())
        _put(partial, file)
    finally:
        partial.unlink(missing_ok=True)


def _put(partial: Path, file: Path) -> None:
    try:
        os.link(partial, file)
    except FileExistsError:
        raise AlreadyThere(str(file)) from None
    except OSError:  # a memory stick knows no second name for one file
        if file.exists():
            raise AlreadyThere(str(file)) from None
        partial.rename(file)


class Reader:
    """A backup whose every byte was found as it was written."""

    def __init__(self, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self._archive = archive
        self.manifest = manifest

    @property
    def keys(self) -> list[str]:
        """The names of the files in the folder of keys."""
        return [PurePosixPath(name).name for name in self.manifest["parts"] if name.startswith("keys/")]

    def unpack(self, name: str, target: Path) -> None:
        """Write one part to a new file that we alone can read."""
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out, self._archive.open(name) as part:
            while chunk := part.read(CHUNK):
                out.write(chunk)


@contextmanager
def whole_backup(file: Path) -> Iterator[Reader]:
    """Open a backup after checking all of it; refuse a damaged one before anything is done with it."""
    with open(file, "rb") as stream:
        try:
            archive = zipfile.ZipFile(stream)
            reader = Reader(archive, _checked(archive))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError) as error:
            raise Damaged(str(error)) from error
        with archive:
            yield reader


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["format"] != FORMAT:
        raise Damaged(f"{manifest['format']} ≠ {FORMAT}")
    names = [name for name in archive.namelist() if name != MANIFEST]
    if sorted(names) != sorted(manifest["parts"]) or DUMP not in names:
        raise Damaged("thiếu hoặc thừa phần")
    for name, expected in manifest["parts"].items():
        path = PurePosixPath(name)
        if name != DUMP and (path.parts[:-1] != ("keys",) or path.name in {"..", "."}):
            raise Damaged(name)
        digest, size = hashlib.sha256(), 0
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
        if {"size": size, "sha256": digest.hexdigest()} != expected:
            raise Damaged(name)
    return manifest
