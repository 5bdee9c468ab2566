"""Another version of the reader: a copy of it that knows fewer words, run in a process of its own.

What it finds really differs from what ours finds; nothing of ours is replaced.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import dondoc.reader
from dondoc.reader.model import Reading

RUN = """
import pickle, sys
from dondoc.reader import api
read = api.read_bytes(sys.stdin.buffer.read(), name="van-ban.txt")
sys.stdout.buffer.write(pickle.dumps(read))
"""


def read_without(folder: Path, words: set[str], text: str, *, version: str) -> Reading:
    """Read a text with a copy of the reader, kept in `folder`, that does not know some of its verbs."""
    package = folder / version / "dondoc"
    if not package.exists():
        ours = Path(dondoc.reader.__path__[0])
        shutil.copytree(ours, package / "reader", ignore=shutil.ignore_patterns("__pycache__"))
        (package / "__init__.py").touch()
        verbs = package / "reader/data/predicates.txt"
        lines = verbs.read_text(encoding="utf-8").splitlines(keepends=True)
        verbs.write_text("".join(one for one in lines if one.split("\t")[0] not in words), encoding="utf-8")
        api = package / "reader/api.py"
        api.write_text(
            api.read_text(encoding="utf-8").replace(
                f'VERSION = "{dondoc.reader.api.VERSION}"', f'VERSION = "{version}"'
            ),
            encoding="utf-8",
        )
    environment = {**os.environ, "PYTHONPATH": str(folder / version)}
    done = subprocess.run(
        [sys.executable, "-c", RUN], input=text.encode(), capture_output=True, env=environment, check=True
    )
    read = pickle.loads(done.stdout)
    assert isinstance(read, Reading)
    assert read.version == version
    return read
