"""Promises of the finders for any text: nothing but a named refusal, places inside the text, bounded memory."""

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reader.api import ReaderRefusal, read_bytes, read_text, secret_marking, to_json
from dondoc.reader.model import Reading
from fast.reader.phrases import PIECES, documents

TESTS = Path(__file__).parents[2]
DOCUMENTS = documents()
prose = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """One of our documents with lines taken out, doubled, swapped and spoilt."""
    lines = draw(st.sampled_from(DOCUMENTS)).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at, other = (draw(st.integers(0, max(0, len(lines) - 1))) for _ in range(2))
        change = draw(st.sampled_from(["out", "twice", "swap", "join", "cut", "insert"]))
        if not lines:
            break
        if change == "out":
            del lines[at]
        elif change == "twice":
            lines.insert(other, lines[at])
        elif change == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif change == "join":
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
        elif change == "cut":
            lines[at] = lines[at][: draw(st.integers(0, 40))]
        else:
            lines[at] = lines[at] + draw(st.sampled_from(PIECES)) + lines[other]
    return "\n".join(lines)


def check(reading: Reading) -> None:
    """Everything found stands inside the text, in order, and can be written down."""
    text = reading.document.text
    spans = [f.span for f in reading.findings] + [c.span for c in reading.clauses]
    spans += list(reading.document_header.spans.values())
    assert [s for s in spans if not 0 <= s.start <= s.end <= len(text)] == []
    for a in reading.assignments:
        assert a.span.cut(text).strip()
        assert a.leads
        assert 0 < a.confidence < 1
        for m in (*a.leads, *a.coordinators):
            assert m.text.strip()
        if a.due and a.due.kind == "day" and a.due.on:
            date.fromisoformat(a.due.on)
    json.dumps(to_json(reading), ensure_ascii=False, allow_nan=False)


def read_and_check(text: str) -> None:
    try:
        reading = read_text(text, issued_on=date(2024, 2, 29))
    except ReaderRefusal:
        return
    check(reading)


@given(prose)
def test_pieces_of_prose_in_any_order_are_read(text: str) -> None:
    read_and_check(text)


@given(damaged())
def test_damaged_documents_are_read(text: str) -> None:
    read_and_check(text)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    read_and_check(text)
    secret_marking(text)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a", "a.pdf"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with suppress(ReaderRefusal):
        check(read_bytes(data, name=name))


@given(prose)
def test_the_same_text_is_read_the_same_twice(text: str) -> None:
    try:
        once = read_text(text)
    except ReaderRefusal:
        return
    assert read_text(text) == once


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_500_pages_are_read_in_less_than_300_megabytes(name: str) -> None:
    program = """
import re, sys
from pathlib import Path
from dondoc.reader.api import read_bytes, to_json
from fast.reader.phrases import documents
text = ""
while len(text) < 500 * 3000:
    text += "".join(d.split("Nơi nhận")[0] for d in documents())
data = text.encode()
if sys.argv[1].endswith("html"):
    data = ("<html><body>" + "".join(f"<p>{line}</p>" for line in text.split("\\n")) + "</body></html>").encode()
found = to_json(read_bytes(data, name=sys.argv[1]))
# The peak of this process alone: what getrusage tells is inherited from the parent.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
print(len(found["assignments"]), peak)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, name], capture_output=True, text=True, check=True, cwd="tests"
    )
    found, megabytes = map(int, done.stdout.split())
    assert found > 3000
    assert megabytes < 300
