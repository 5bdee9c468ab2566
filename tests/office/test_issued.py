"""What was issued is given again byte for byte, and made again it is the same, or says what differs and why."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from dondoc.cli import app
from dondoc.office.access import Actor, Refused
from dondoc.office.actions.definitions import NewGroup, define
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.issued import issue_report
from dondoc.office.actions.offices import NewLetterhead, set_letterhead
from dondoc.office.actions.removals import withdraw_document
from dondoc.office.models import Issued, IssuedFile
from dondoc.office.queries import issued
from dondoc.office.reports.board import Scope
from dondoc.office.reports.printing import FORMS
from dondoc.office.reports.remaking import remade
from dondoc.office.reports.text_lines import TextLine, differences
from office.asking import signed_in, words
from office.conftest import GROUPS, World

DAY = date(2022, 3, 4)
NAMES = ("docx", "html", "json", "pdf", "xlsx")


def issue(world: World, *, as_of: date = DAY) -> Issued:
    """Issue the report on the list of an office."""
    return issue_report("progress", Scope("programme", world.programme.key), as_of=as_of, on=DAY, actor=world.actor)


def stored(row: Issued) -> dict[str, bytes]:
    """What is kept of it, by form."""
    files = IssuedFile.objects.filter(issued=row)
    return {"docx": bytes(row.content), **{file.form: bytes(file.content) for file in files}}


def downloaded(client: Client, row: Issued) -> dict[str, bytes]:
    """What the site gives of it, by form."""
    return {form: client.get(f"/issued/{row.pk}/files/{form}/").content for form in FORMS}


def alter(statement: str, *values: object) -> None:
    """Change records behind the program's back, as somebody with the database in hand could."""
    with connection.cursor() as cursor:
        cursor.execute("set dondoc.expunge = 'on'")
        cursor.execute(statement, values)
        cursor.execute("reset dondoc.expunge")


@pytest.mark.django_db
def test_every_form_is_kept_and_given_again_whatever_is_recorded_later(world: World) -> None:
    row = issue(world)
    kept = stored(Issued.objects.get())
    assert tuple(sorted(kept)) == NAMES
    assert {f.form: f.sha256 for f in IssuedFile.objects.all()} | {"docx": row.sha256} == {
        form: hashlib.sha256(content).hexdigest() for form, content in kept.items()
    }
    move_duty(Move(world.tasks[0].duties.get().pk, "in_progress", date(2022, 2, 1)), actor=world.actor)
    officer = signed_in(world, "officer")
    assert downloaded(officer, row) == kept
    page = words(officer.get(f"/issued/{row.pk}/"))
    for said in (row.title, "04/03/2022", row.sha256, "Nguyễn Văn Thử", "Định nghĩa chung (03/01/2022)", "Lập lại"):
        assert said in page
    answer = officer.get(f"/issued/{row.pk}/")
    for record in row.figures:
        assert record["sentence"] in page
        assert officer.get(record["url"]).status_code == 200
    assert answer.content.count(b"/figures/") >= len(row.figures)
    assert "DOCX PDF XLSX HTML JSON" in words(officer.get("/issued/"))
    assert officer.get(f"/issued/{row.pk}/files/doc/").status_code == 403
    assert officer.get(f"/issued/{row.pk}/?known_at=2022-03-04").status_code == 403, "it was not issued yet"


@pytest.mark.django_db
def test_bytes_that_are_not_those_that_were_issued_are_not_given_out(world: World) -> None:
    row = issue(world)
    alter("update office_issuedfile set content = %s where form = 'pdf'", b"%PDF another")
    officer = signed_in(world, "officer")
    assert {form: officer.get(f"/issued/{row.pk}/files/{form}/").status_code for form in FORMS} == dict.fromkeys(
        FORMS, 200
    ) | {"pdf": 403}
    assert "không đúng với bản đã phát hành" in words(officer.get(f"/issued/{row.pk}/files/pdf/"))
    assert "Không phải bản đã phát hành: PDF" in words(officer.get(f"/issued/{row.pk}/"))


@pytest.mark.django_db
def test_made_again_in_another_zone_and_language_it_is_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = issue(world)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    with timezone.override("America/New_York"), translation.override("en"):
        found = remade(row.pk, viewer=world.viewer("leader"))
    assert [(form.form, form.is_same) for form in found.then.forms] == [(form, True) for form in NAMES]
    assert (found.then.is_same, found.today.is_same) == (True, True)
    assert "Giống hệt, đúng từng byte" in words(signed_in(world, "inspection").get(f"/issued/{row.pk}/again/"))


@pytest.mark.django_db
def test_what_is_recorded_later_changes_today_only_and_each_number_says_why(world: World) -> None:
    row = issue(world)
    duty = world.tasks[0].duties.get()
    entry = move_duty(Move(duty.pk, "done", date(2022, 2, 1)), actor=world.actor).entry
    move_duty(Move(world.tasks[1].duties.get().pk, "in_progress", date(2022, 4, 1)), actor=world.actor)  # after the day
    found = remade(row.pk, viewer=world.viewer())
    assert found.then.is_same
    moved = {one.label: one for one in found.today.figures}
    assert {
        label: (one.then, one.now) for label, one in moved.items() if label in {"chưa thực hiện", "đã hoàn thành"}
    } == {
        "chưa thực hiện": ("3", "2"),
        "đã hoàn thành": ("0", "1"),
    }
    causes = moved["đã hoàn thành"].causes
    assert [cause.kind for cause in causes] == ["recorded_later"]
    assert causes[0].words == "+1: vì ghi nhận sau: từ “chưa thực hiện” sang “đã hoàn thành”"
    assert [e.seq for e in causes[0].entries.first] == [entry.seq], "and not what the other duty did a month later"
    assert any(line.mark == "changed" and "đã hoàn thành" in line.now for line in found.today.lines)
    page = words(signed_in(world, "officer").get(f"/issued/{row.pk}/again/"))
    assert f"Số {entry.seq}" in page
    assert causes[0].words in page


@pytest.mark.django_db
def test_a_definition_laid_down_later_and_a_new_letterhead_are_causes(world: World) -> None:
    row = issue(world)
    groups = [NewGroup(g.code, g.label, g.state_class, g.states) for g in GROUPS[:2]]
    groups.append(NewGroup("done", "đã xong hoặc thôi", "done", ("done", "dropped")))
    laid = {"programme": None, "basis": None, "on": date(2022, 2, 1), "actor": world.actor}
    define(world.workflow, name="Định nghĩa mới", sentence="Xong hoặc thôi.", groups=groups, **laid)
    head = NewLetterhead("Thành ủy Cần Thơ", "TU", "Thành ủy", "Bí thư", signer_name="Lê Thử")
    set_letterhead(head, on=date(2022, 1, 3), actor=world.actor)
    withdraw_document(world.resolution.pk, reason="Nhầm", successor_id=None, actor=world.actor)
    found = remade(row.pk, viewer=world.viewer())
    assert found.then.is_same
    assert [(cause.kind, [entry.action for entry in cause.entries.first]) for cause in found.today.causes] == [
        ("recorded_later", ["define", "set_letterhead"]),
        ("removed", ["withdraw_document"]),
    ]
    assert any("Lê Thử" in line.now for line in found.today.lines)
    # The group is not counted any more: its number cannot be worked out, and it says by what it was counted.
    gone = next(one for one in found.today.figures if one.label == "đã thu hồi")
    assert gone.now == "chưa ghi nhận"


@pytest.mark.django_db
def test_another_program_or_an_altered_record_is_named_as_the_cause(world: World) -> None:
    row = issue(world)
    figures = [record | {"value": 7} if record["key"] == "tasks.total" else record for record in row.figures]
    text = row.text.replace("Tổng số", "Tổng cộng") + "Một dòng mà bản này không in.\n"
    alter(
        "update office_issued set program_version = '0.0.1', text = %s, figures = %s, content = %s, sha256 = %s",
        *(text, json.dumps(figures), b"docx of old", hashlib.sha256(b"docx of old").hexdigest()),
    )
    found = remade(row.pk, viewer=world.viewer())
    assert [form.form for form in found.then.forms if not form.is_same] == ["docx"]
    # In all on the day of the report, and on the first day of its picture.
    assert [(one.then, one.now) for one in found.then.figures] == [("7", "3")] * 2
    assert [cause.kind for cause in found.then.causes] == ["program"]
    assert any(line == TextLine("gone", "Một dòng mà bản này không in.", "") for line in found.then.lines)
    alter("update office_issued set program_version = %s", found.program_version)
    assert [cause.kind for cause in remade(row.pk, viewer=world.viewer()).then.causes] == ["unknown"]
    page = words(signed_in(world, "officer").get(f"/issued/{row.pk}/again/"))
    assert "Có chỗ khác" in page
    assert "Một dòng mà bản này không in." in page


def test_lines_are_held_against_each_other_without_the_numbers_of_notes() -> None:
    then = "Tiêu đề\n\nCó 8[1] việc.\nMột dòng.\n[1] tasks.total Số việc."
    now = "Tiêu đề\nCó 9[2] việc.\n\n[2] tasks.total Số việc.\nMới."
    assert differences(then, then.replace("[1]", "[4]")) == ()
    assert differences(then, now) == (
        TextLine("same", "Tiêu đề", "Tiêu đề"),
        TextLine("changed", "Có 8 việc.", "Có 9 việc."),
        TextLine("gone", "Một dòng.", ""),
        TextLine("same", "Số việc.", "Số việc."),
        TextLine("came", "", "Mới."),
    )
    changed = differences(then, now)[1]
    assert [(piece.text, piece.is_same) for piece in changed.now_pieces] == [
        ("Có ", True),
        ("9", False),
        (" việc.", True),
    ]


@pytest.mark.django_db
def test_refusals_say_what_is_wrong(worlds: tuple[World, World]) -> None:
    world, far = worlds
    theirs = issue(far)
    refused = {
        "a day to come": lambda: issue(world, as_of=date(2022, 3, 5)),
        "nothing recorded": lambda: issue(world, as_of=date(2021, 1, 1)),
        "no right": lambda: issue_report(
            "progress", Scope(), as_of=DAY, on=DAY, actor=Actor(world.viewer("focal", world.finance), "Đầu mối")
        ),
        "another office's": lambda: remade(theirs.pk, viewer=world.viewer()),
        "its bytes": lambda: issued.content(theirs.pk, "pdf", viewer=world.viewer(), known_at=None),
        "for a focal point": lambda: issued.one(theirs.pk, viewer=far.viewer("focal", far.finance), known_at=None),
    }
    for what, deed in refused.items():
        with pytest.raises(Refused) as found:
            deed()
        assert str(found.value), what
    officer, key = signed_in(world, "officer"), world.programme.key
    for asked, says in {
        "as_of=2022-03-04": "Chưa rõ",
        f"report=agencies&programme={key}&resolution={world.resolution.pk}": "không lập cho phạm vi này",
        f"report=urging&programme={key}": "không lập cho phạm vi này",
        f"report=tong-ket&programme={key}": "Không có loại báo cáo này",
    }.items():
        answer = officer.post(f"/report/issue/?{asked}")
        assert (answer.status_code, says in words(answer)) == (403, True), asked
    assert issued.issued(viewer=world.viewer(), known_at=None) == []
    assert Issued.objects.get() == theirs


@pytest.mark.django_db(transaction=True)
def test_the_command_line_gives_and_makes_again_the_same_bytes(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = issue(world)
    parameters = connection.get_connection_params()
    named = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    monkeypatch.setenv("DATABASE_URL", make_conninfo(**named))
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["report", *map(str, arguments)])
        return done.exit_code, done.output

    officer = signed_in(world, "officer")
    asked = f"programme={world.programme.key}&as_of=2022-03-04"
    for form in FORMS:
        assert run(tmp_path / f"kept.{form}", "--issued", row.pk) == (0, f"Đã ghi {tmp_path}/kept.{form}.\n")
    for form in ("docx", "pdf", "json"):
        assert run(tmp_path / f"new.{form}", "--programme", world.programme.key, "--as-of", "2022-03-04")[0] == 0
        assert (tmp_path / f"new.{form}").read_bytes() == officer.get(f"/report/{form}/?{asked}").content
    assert {form: (tmp_path / f"kept.{form}").read_bytes() for form in FORMS} == downloaded(officer, row)
    code, listed = run("--list")
    assert (code, f"{row.pk}: {row.title}" in listed, "progress:" in listed) == (0, True, True)
    wrong = [
        (tmp_path / "x.doc", "--issued", row.pk),
        (tmp_path / "kept.pdf", "--issued", row.pk),
        (tmp_path / "x.pdf", "--issued", row.pk + 999),
        (tmp_path / "x.pdf", "--programme", "không-có"),
        ("--remake", row.pk, "--list"),
        (),
    ]
    assert [(run(*arguments)[0], (tmp_path / "x.pdf").exists()) for arguments in wrong] == [(1, False)] * len(wrong)
    # Another process, in another time zone and under another locale, with other seeds of its dictionaries.
    abroad = {**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "dondoc.cli", "report", "--remake", str(row.pk)]
    done = subprocess.run(command, env=abroad, capture_output=True, text=True, check=False)
    assert (done.returncode, "lúc phát hành: giống hệt, từng byte (docx, html, json, pdf, xlsx)" in done.stdout) == (
        0,
        True,
    ), done.stdout + done.stderr
    alter("update office_issued set program_version = '0.0.1', text = text || %s", "Dòng cũ.\n")
    code, told = run("--remake", row.pk)
    assert (code, "  - Dòng cũ.\n" in told, "bản 0.0.1" in told) == (1, True, True), told
