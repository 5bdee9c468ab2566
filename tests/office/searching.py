"""Looking for words everywhere an office keeps something: every table and column, and inside the files in them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.db import connection

from dondoc.rules.text import folded, sort_key


def places(*words: str) -> set[str]:
    """List the tables and columns of the database in which one of these words stands, however it is written."""
    found = set()
    wanted = [re.sub(r"\W", "", folded(word)) for word in words]
    keys = [sort_key(word).split(" ")[0] for word in words]  # the words as they are sorted can be read back
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.tables where table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'select * from "{table}"')
            columns = [column.name for column in cursor.description or ()]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    ordered = isinstance(value, str) and any(key in value for key in keys)
                    if ordered or any(word in text for text in _texts(value) for word in wanted):
                        found.add(f"{table}.{column}")
    return found


def _texts(value: object) -> Iterator[str]:
    """Give what a value says, without signs: of a file also what lies packed in it."""
    if isinstance(value, bytes | memoryview):
        for content in _unpacked(bytes(value)):
            yield re.sub(r"\W", "", folded(re.sub(r"<[^>]*>", "", content.decode(errors="replace"))))
    elif value is not None:
        yield re.sub(r"\W", "", folded(str(value)))


def _unpacked(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            yield from (package.read(name) for name in package.namelist())
    elif content.startswith(b"\x78"):
        yield zlib.decompress(content)
