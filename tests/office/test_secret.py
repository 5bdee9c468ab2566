"""A document marked secret is refused, and no word of it stays: in no table, job, log, temporary file or page."""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dondoc.office.actions.duties import Evidence, Move, move_duty
from dondoc.office.actions.intake import Incoming, SecretRefused, take_in
from dondoc.office.models import LogEntry
from office.asking import signed_in
from office.conftest import World

WORDS = "bông súng tím"
MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
DAY = date(2022, 3, 1)
pytestmark = pytest.mark.django_db(transaction=True)


def paper(mark: str) -> str:
    return f"TỈNH ỦY MẪU\n{mark}\n*\nSố 12-BC/TU\n\nNội dung không được giữ lại: {WORDS}.\n"


def word_file(mark: str, *, place: str) -> bytes:
    """A Word file that carries its mark in the text, in a table at the head, or in the page's header only."""
    file = docx.Document()
    if place == "header":
        file.sections[0].header.paragraphs[0].text = mark
    elif place == "table":
        file.add_table(1, 2).cell(0, 1).text = mark
    else:
        file.add_paragraph(mark)
    file.add_paragraph("Số 12-BC/TU")
    file.add_paragraph(f"Nội dung không được giữ lại: {WORDS}.")
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged at any level; temporary files lie in a folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    loggers = [logging.getLogger(name) for name in ("", "django", "procrastinate", "allauth")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield said
    for logger, level in zip(loggers, before, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def places_with_the_words(folder: Path, logs: io.StringIO) -> list[str]:
    """Every table, file and log in which a word of the document stands, as text or as bytes."""
    wanted = [WORDS, WORDS.encode().hex(), WORDS.encode("unicode_escape").decode()]
    found = [str(path) for path in folder.rglob("*") if path.is_file()]
    found += ["log"] if any(word in logs.getvalue() for word in wanted) else []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'select count(*) from "{table}" row where row::text like any(%s)',
                [[f"%{word.replace(chr(92), chr(92) * 2)}%" for word in wanted]],
            )
            found += [table] if cursor.fetchone()[0] else []
    return found


def test_the_search_finds_what_is_kept(world: World, tmp_path: Path, logs: io.StringIO) -> None:
    take_in(Incoming(paper("").encode(), "thuong.txt", DAY), actor=world.actor)
    (tmp_path / "left").write_text(WORDS)
    logging.getLogger("django").debug(WORDS)
    found = places_with_the_words(tmp_path, logs)
    assert found == [str(tmp_path / "left"), "log", "office_document", "office_original"]


@pytest.mark.parametrize("mark", MARKS)
def test_pasted_or_sent_as_a_file_nothing_of_it_stays(
    world: World, tmp_path: Path, logs: io.StringIO, mark: str
) -> None:
    client = signed_in(world, "officer")
    entries = LogEntry.objects.count()
    sent: dict[str, Callable[[], dict[str, object]]] = {
        "pasted": lambda: {"text": paper(mark)},
        "text file": lambda: {"file": SimpleUploadedFile(f"{WORDS}.txt", paper(mark).encode())},
        **{
            f"Word file, mark in {place}": lambda place=place: {
                "file": SimpleUploadedFile(f"{WORDS}.docx", word_file(mark, place=place))
            }
            for place in ("text", "table", "header")
        },
    }
    answers = {
        how: client.post("/documents/add/", {**what(), "received_on": "2022-03-01"}) for how, what in sent.items()
    }
    pages = {how: answer.content.decode() for how, answer in answers.items()}
    told = {how: (answers[how].status_code, "dấu độ mật" in page, WORDS in page) for how, page in pages.items()}
    assert told == dict.fromkeys(sent, (422, True, False))
    assert places_with_the_words(tmp_path, logs) == []
    assert LogEntry.objects.count() == entries


def test_a_file_that_proves_something_is_refused_the_same_way(world: World, tmp_path: Path, logs: io.StringIO) -> None:
    duty = world.tasks[0].duties.get()
    client = signed_in(world, "focal")
    file = SimpleUploadedFile("san-pham.docx", word_file("TỐI MẬT", place="text"))
    step = {"to_state": "in_progress", "on": "2022-03-01", "seen_state": "assigned", "file": file}
    answer = client.post(f"/duties/{duty.pk}/", step)
    assert (answer.status_code, "dấu độ mật" in answer.content.decode()) == (422, True)
    with pytest.raises(SecretRefused):
        move_duty(Move(duty.pk, "done", DAY, evidence=Evidence(content=paper("MẬT").encode())), actor=world.actor)
    assert duty.changes.count() == 1
    assert places_with_the_words(tmp_path, logs) == []
