"""Throws texts at the finders, guided by the code they reach; anything but a named refusal stops it.

    .venv/bin/python tests/fuzz/finders.py -max_total_time=300

Other options are those of libFuzzer. A file named crash-... is written where it stops; give it as an argument to
see the error again. Each byte picks a piece of official prose, whole or broken; byte 255 takes the next four as a
character of their own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

with atheris.instrument_imports(include=["dondoc.reader"]):
    from dondoc.reader.api import ReaderRefusal, read_text, to_json

from fast.reader.phrases import PIECES, documents  # noqa: E402


def text_of(data: bytes) -> str:
    """The text that some bytes stand for."""
    out = []
    rest = iter(data)
    for byte in rest:
        if byte == 255:
            number = int.from_bytes(bytes(b for b, _ in zip(rest, range(4), strict=False)), "big") % 0x110000
            out.append(chr(number) if not 0xD800 <= number < 0xE000 else "?")
        else:
            out.append(PIECES[byte % len(PIECES)])
    return "".join(out)


def try_one(data: bytes) -> None:
    """Reads one made-up text: through the pieces, or as it is."""
    text = data[1:].decode("utf-8", "replace") if data[:1] == b"\0" else text_of(data)
    try:
        reading = read_text(text)
    except ReaderRefusal:
        return
    to_json(reading)
    for finding in reading.findings:
        if not 0 <= finding.span.start <= finding.span.end <= len(text):
            raise AssertionError(f"a place lies outside the text: {finding}")


def main() -> None:
    """Searches until the time given is over."""
    with tempfile.TemporaryDirectory(prefix="dondoc-fuzz-") as private:
        for number, text in enumerate(documents()):
            (Path(private) / str(number)).write_bytes(b"\0" + text.encode())
        arguments = [*sys.argv, "-max_len=6000", "-timeout=20", "-rss_limit_mb=1000"]
        if not any(Path(argument).is_file() for argument in sys.argv[1:]):
            arguments.append(private)
        atheris.Setup(arguments, try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
