"""What officers made of a reading is an annotated example: exported in the shape the reader is measured on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from dondoc.cli import app, reviewed
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.readings import Acceptance, accept_proposal, refuse_proposal
from dondoc.office.models import Document
from dondoc.office.queries import readings
from dondoc.reader import scoring
from dondoc.rules.deadlines import DueRule
from office.conftest import World

START = date(2024, 3, 4)
TEXT = """ỦY BAN NHÂN DÂN
TỈNH AN HÒA
Số: 12/UBND-TH
An Hòa, ngày 04 tháng 3 năm 2024

Kính gửi: Các sở, ban, ngành.

Chủ tịch Ủy ban nhân dân tỉnh có ý kiến như sau:
1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát danh mục công trình, báo cáo trước ngày 30/4/2024.
2. Sở Xây dựng lập kế hoạch kiểm tra trong quý II/2024.
3. Sở Tài chính hướng dẫn các đơn vị lập dự toán.

Nơi nhận:
- Như trên.
"""


@pytest.fixture
def document(world: World) -> Document:
    """A document with three proposals, read and not yet decided."""
    taken = take_in(Incoming(TEXT.encode(), "van-ban.txt", START), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    return Document.objects.get(pk=taken.document_id)


def decide(world: World, document: Document, *, last: bool = True) -> None:
    """Accept the first as it is, change the lead and the day of the second, refuse the third."""
    page = readings.reading(document.pk, viewer=world.actor.viewer, known_at=None)
    assert page is not None
    first, second, third = page.proposals
    for proposal, leads, due, changed in (
        (first, first.leads, readings.due_rule(first.due, issued_on=START), False),
        (second, ("Sở Xây dựng", "Công an tỉnh"), DueRule("month", date(2024, 5, 1)), True),
    ):
        acceptance = Acceptance(
            proposal_id=proposal.id,
            title=proposal.text,
            leads=leads,
            coordinators=proposal.coordinators,
            due=due,
            due_words="",
            changed=changed,
        )
        accept_proposal(acceptance, workflow=world.workflow, on=START, actor=world.actor)
    if last:
        refuse_proposal(third.id, reason="việc thường xuyên", actor=world.actor)


def test_a_document_that_is_decided_becomes_an_example(world: World, document: Document) -> None:
    decide(world, document)
    (one,) = readings.reviewed(viewer=world.actor.viewer)
    assert (one.document_id, one.text) == (document.pk, document.text)
    assert [{k: a[k] for k in ("leads", "coordinators", "due")} for a in one.gold["assignments"]] == [
        {"leads": ["Sở Tài chính"], "coordinators": ["Sở Xây dựng"], "due": {"kind": "day", "on": "2024-04-30"}},
        {"leads": ["Sở Xây dựng", "Công an tỉnh"], "coordinators": [], "due": {"kind": "month", "on": "2024-05"}},
    ]
    for a in one.gold["assignments"]:
        assert document.text[slice(*a["span"])] == a["text"]
    assert one.gold["document"]["number"] == "12/UBND-TH"


def test_a_document_with_an_open_proposal_is_no_example_yet(world: World, document: Document) -> None:
    decide(world, document, last=False)
    assert readings.reviewed(viewer=world.actor.viewer) == []


def test_words_that_a_person_cut_short_are_found_in_the_text(world: World, document: Document) -> None:
    page = readings.reading(document.pk, viewer=world.actor.viewer, known_at=None)
    assert page is not None
    first, *rest = page.proposals
    title = "rà soát danh mục công trình"
    acceptance = Acceptance(first.id, title, first.leads, (), None, "", changed=True)
    accept_proposal(acceptance, workflow=world.workflow, on=START, actor=world.actor)
    for proposal in rest:
        refuse_proposal(proposal.id, reason="trùng", actor=world.actor)
    (one,) = readings.reviewed(viewer=world.actor.viewer)
    assert [(a["text"], a["due"]) for a in one.gold["assignments"]] == [(title, None)]


def test_nobody_sees_the_examples_of_another_office_and_a_focal_point_none(
    worlds: tuple[World, World], document: Document
) -> None:
    ours, theirs = worlds
    decide(ours, document)
    assert readings.reviewed(viewer=theirs.actor.viewer) == []
    with pytest.raises(readings.NotYetRead):
        readings.reviewed(viewer=ours.viewer("focal", ours.finance))


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (("day", date(2024, 6, 30), ""), {"kind": "day", "on": "2024-06-30"}),
        (("month", date(2024, 6, 1), ""), {"kind": "month", "on": "2024-06"}),
        (("quarter", date(2024, 6, 1), ""), {"kind": "quarter", "on": "2024-Q2"}),
        (("quarter", date(2024, 7, 1), ""), {"kind": "quarter", "on": "2024-Q3"}),
        (("year", date(2024, 1, 1), ""), {"kind": "year", "on": "2024"}),
        (("recurring", date(2024, 1, 31), "month"), {"kind": "recurring", "every": "month"}),
        (("event", None, ""), {"kind": "event"}),
        (("none", None, ""), None),
    ],
)
def test_due_rules_are_written_as_the_reader_writes_them(
    rule: tuple[str, date | None, str], written: dict[str, str] | None
) -> None:
    assert readings.due_written(*rule) == written


def test_the_examples_are_written_out_and_scored(world: World, document: Document, tmp_path: Path) -> None:
    decide(world, document)
    assert reviewed.write_reviewed(tmp_path) == 1
    (case,) = scoring.cases(tmp_path / "gold", tmp_path / "docs")
    assert case.path.read_text("utf-8") == document.text
    assert len(case.gold["assignments"]) == 2
    shown = CliRunner().invoke(app, ["bench", "reader", "--gold", str(tmp_path), "--per-document"])
    assert shown.exit_code == 0
    # Of three proposals two were kept, one of them with another lead: 2 · 1 / (3 + 2).
    assert f"{case.name} (" in shown.stdout
    assert "assignment 0.40, detect 0.80" in shown.stdout
    assert "figures" not in json.loads((tmp_path / "gold" / f"{case.name}.json").read_text("utf-8"))


@pytest.mark.django_db(transaction=True)
def test_the_commands_export_and_score_what_was_confirmed(world: World, document: Document, tmp_path: Path) -> None:
    decide(world, document)
    parameters = connection.get_connection_params()
    named = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if parameters.get(key)}
    environment = {**os.environ, "DATABASE_URL": make_conninfo(**named), "DONDOC_HOME": str(tmp_path / "home")}

    def dondoc(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dondoc.cli", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    folder = tmp_path / "out"
    done = dondoc("readings", "export", str(folder))
    assert (done.returncode, done.stdout) == (0, f"Đã ghi 1 văn bản vào {folder}.\n"), done.stderr
    again = dondoc("readings", "export", str(folder))
    assert (again.returncode, again.stderr.count("\n")) == (1, 1), "nothing is written over"
    scored = dondoc("bench", "reader", "--from-reviews", "--per-document")
    assert "assignment 0.40, detect 0.80" in scored.stdout, scored.stderr
