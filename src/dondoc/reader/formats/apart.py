"""Reads PDF and Excel files in a process of its own, which may die of a hostile file without taking this one along.

PDFium and calamine are fast and not ours; a file of four kilobytes can make either take all memory there is. The
process gets the file by its standard input and gives back one JSON object a line. It may use one gigabyte and some
minutes of a processor, and it may write no file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from dondoc.reader import refusals
from dondoc.reader.formats.programs import end_program
from dondoc.reader.refusals import BrokenFile, EncryptedFile, ReaderRefusal, TooLarge

MEMORY = 1 << 30
SECONDS = 180
_LONGEST_LINE = 200_000_000
_ROOT = str(Path(__file__).resolve().parents[3])
_START = "import sys; sys.path.insert(0, {root!r}); from dondoc.reader.formats.apart import main; main()"
_DIED = "Tệp bị hỏng hoặc được dựng bất thường nên không đọc được; đề nghị xuất lại tệp hoặc đưa bản .docx."
_NAMES = {kind.__name__: kind for kind in (BrokenFile, EncryptedFile, TooLarge)}

Answer = dict[str, Any]


def ask(task: str, data: bytes, options: Answer | None = None) -> Generator[Answer, None, None]:
    """What a process of its own answers to a task about a file, one object after the other; refuses what it refuses."""
    command = [sys.executable, "-I", "-c", _START.format(root=_ROOT), task, json.dumps(options or {})]
    process = subprocess.Popen(  # noqa: S603 - our own program; the document comes by standard input
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield from _answers(process, data)
    finally:
        end_program(process)


def _answers(process: subprocess.Popen[bytes], data: bytes) -> Iterator[Answer]:
    source, result = process.stdin, process.stdout
    if source is None or result is None:
        raise BrokenFile(_DIED)
    with suppress(BrokenPipeError):
        # The process reads all of it before it answers; one that died is found out below.
        source.write(data)
        source.close()
    while line := result.readline(_LONGEST_LINE):
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise BrokenFile(_DIED) from error
        if "refused" in answer:
            raise _NAMES.get(answer["refused"], BrokenFile)(answer["sentence"])
        if "end" in answer:
            return
        yield answer
    raise BrokenFile(_DIED)


def first(task: str, data: bytes, options: Answer | None = None) -> Answer:
    """The first answer to a task."""
    with closing(ask(task, data, options)) as answers:
        for answer in answers:
            return answer
    raise BrokenFile(_DIED)


def _limit() -> None:
    """Sets what this process may use."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _task(name: str) -> Callable[[bytes, Answer], Iterable[Answer]]:
    if name == "excel":
        from dondoc.reader.formats.calamine import sheets

        return sheets
    from dondoc.reader.formats import pdfium

    return {"pages": pdfium.pages, "picture": pdfium.picture, "lines": pdfium.lines}[name]


def main() -> None:
    """Does one task: its name and options come as arguments, the file by standard input."""
    _limit()
    data = sys.stdin.buffer.read()
    out = sys.stdout

    def tell(answer: Answer) -> None:
        out.write(json.dumps(answer) + "\n")
        out.flush()

    try:
        for answer in _task(sys.argv[1])(data, json.loads(sys.argv[2])):
            tell(answer)
        tell({"end": True})
    except ReaderRefusal as refusal:
        tell({"refused": type(refusal).__name__, "sentence": str(refusal)})
    except MemoryError:
        tell({"refused": refusals.TooLarge.__name__, "sentence": _DIED})
