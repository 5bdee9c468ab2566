"""Throws bytes at every format, guided by the code they reach; anything but a named refusal stops it.

    .venv/bin/python tests/fuzz/formats.py -max_total_time=300

Other options are those of libFuzzer. A file named crash-... is written where it stops; give it as an argument to
see the error again.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
# LibreOffice and tesseract take seconds for every try and are not ours to search.
os.environ["PATH"] = ""

with atheris.instrument_imports(include=["dondoc.reader"]):
    from dondoc.reader.api import ReaderRefusal
    from dondoc.reader.formats import docx, html, load, pdf, scan, sheets, txt

from fast.reader.files import repacked  # noqa: E402
from fast.reader.test_formats_hostile import is_whole, samples  # noqa: E402

# Named here so that they are imported while the search listens.
FORMATS = (docx, html, pdf, scan, sheets, txt)
SAMPLES = samples()
# The first byte says through which door the others go: as a file of their own, or as a part of a package.
PARTS = {
    1: ("a.docx", "word/document.xml"),
    2: ("a.docx", "word/numbering.xml"),
    3: ("a.docx", "word/styles.xml"),
    4: ("a.xlsx", "xl/worksheets/sheet1.xml"),
    5: ("a.xlsx", "xl/workbook.xml"),
}


def try_one(data: bytes) -> None:
    """Reads one made-up file."""
    door, content = data[:1], data[1:]
    name, part = PARTS.get(door[0] if door else 0, ("a", ""))
    try:
        document = load(repacked(SAMPLES[name], {part: content}) if part else content, name=name)
    except ReaderRefusal:
        return
    if not is_whole(document):
        raise AssertionError("a place lies outside the text")


def seeds(folder: Path) -> None:
    """Writes what the search begins with: a file of each kind, and the parts of packages."""
    import io
    import zipfile

    for name, content in SAMPLES.items():
        (folder / name).write_bytes(b"\0" + content)
    for door, (name, part) in PARTS.items():
        with zipfile.ZipFile(io.BytesIO(SAMPLES[name])) as package:
            (folder / f"{door}.xml").write_bytes(bytes([door]) + package.read(part))


def main() -> None:
    """Searches until the time given is over."""
    with tempfile.TemporaryDirectory(prefix="dondoc-fuzz-") as private:
        seeds(Path(private))
        arguments = [*sys.argv, "-max_len=60000", "-timeout=20", "-rss_limit_mb=2000"]
        if not any(Path(argument).is_file() for argument in sys.argv[1:]):
            arguments.append(private)
        atheris.Setup(arguments, try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
