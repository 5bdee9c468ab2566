"""The head of a document is mended by a further row; what it said before stays, and no due day moves by itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.office.actions.documents import correct_header
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.readings import Acceptance, accept_proposal
from dondoc.office.models import Document, DutyDue, Proposal
from dondoc.office.queries import corrections, documents
from dondoc.office.queries.readings import due_rule
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 3)
TEXT = """THÀNH ỦY CẦN THƠ
*
Số 21-CV/TU

Cần Thơ, ngày 02 tháng 3 năm 2022

1. Giao Sở Tài chính chủ trì lập danh mục công trình, báo cáo trước ngày 30/6.

2. Giao Sở Xây dựng chủ trì khảo sát hiện trạng, báo cáo trước ngày 30/9/2022.
"""
RIGHT = {
    "number": "22-CV/TU",
    "kind": "kế hoạch",
    "issuer_name": "Sở Tài chính",
    "issued_on": "01/03/2022",
    "subject": "về danh mục công trình",
    "short_title": "Kế hoạch 22",
    "term": "",
    "signer": "Trần Văn Mẫu",
    "signer_position": "Giám đốc",
    "incoming_number": "812",
}


@pytest.fixture
def document(world: World) -> Document:
    taken = take_in(Incoming(TEXT.encode(), "cv.txt", DAY, incoming_number="811"), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    return Document.objects.get(pk=taken.document_id)


def test_every_field_of_the_head_can_be_mended_and_what_it_said_stays(world: World, document: Document) -> None:
    client = signed_in(world, "officer")
    answer = client.post(f"/documents/{document.pk}/correct/", RIGHT)
    assert answer.status_code == 302, words(answer)
    head = documents.header_row(document.pk)
    assert {name: getattr(head, name) for name in RIGHT} == {**RIGHT, "issued_on": date(2022, 3, 1)}
    assert (head.issuer_id, head.effective_on) == (world.finance.pk, date(2022, 3, 1))
    told = corrections.corrections(document.pk, viewer=world.viewer(), known_at=None)
    assert [(one.by, {m.field: m.before for m in one.mended}["number"]) for one in told] == [
        (str(world.users["officer"]), "21-CV/TU")
    ]
    page = words(client.get(f"/documents/{document.pk}/correct/"))
    assert "21-CV/TU → 22-CV/TU" in page
    assert "02/03/2022 → 01/03/2022" in page
    assert "811 → 812" in page


def test_what_was_known_before_a_correction_is_known_still(world: World, document: Document) -> None:
    before = document.recorded_at
    correct_header(document, number="22-CV/TU", actor=world.actor)
    titles = [documents.short_titles([document.pk], known_at=at)[document.pk] for at in (before, None)]
    assert titles == ["21-CV/TU", "22-CV/TU"]
    assert corrections.corrections(document.pk, viewer=world.viewer(), known_at=before) == []


def test_due_days_reckoned_from_the_day_are_told_and_not_moved(world: World, document: Document) -> None:
    for proposal in Proposal.objects.filter(reading__document=document).order_by("order"):
        accept_proposal(
            Acceptance(
                proposal.pk,
                "Việc",
                tuple(proposal.leads),
                (),
                due_rule(proposal.due, issued_on=date(2022, 3, 2)),
                str((proposal.due or {}).get("words", "")),
                changed=False,
            ),
            workflow=world.workflow,
            on=DAY,
            actor=world.actor,
        )
    before = list(DutyDue.objects.order_by("pk").values_list("on", flat=True))
    correct_header(document, issued_on=date(2021, 12, 30), actor=world.actor)
    assert list(DutyDue.objects.order_by("pk").values_list("on", flat=True)) == before
    told = corrections.by_its_day(document.pk, viewer=world.viewer(), known_at=None)
    assert [(one.due, "30/6" in one.words) for one in told] == [(date(2022, 6, 30), True)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("issued_on", "01/01/2199"), ("issued_on", "1/1/1800"), ("issued_on", "hôm qua"), ("number", "9" * 81)],
)
def test_what_cannot_be_right_is_asked_again_with_what_was_typed(
    world: World, document: Document, field: str, value: str
) -> None:
    answer = signed_in(world, "officer").post(f"/documents/{document.pk}/correct/", {**RIGHT, field: value})
    assert (answer.status_code, value[:20] in answer.content.decode() or field == "issued_on") == (422, True)
    assert documents.header_row(document.pk).number == "21-CV/TU"


def test_nothing_changed_is_no_correction(world: World, document: Document) -> None:
    head = documents.header_row(document.pk)
    same = {name: getattr(head, name) or "" for name in RIGHT}
    answer = signed_in(world, "officer").post(f"/documents/{document.pk}/correct/", same)
    assert answer.status_code == 422
    assert corrections.corrections(document.pk, viewer=world.viewer(), known_at=None) == []


def test_another_office_sees_no_correction(worlds: tuple[World, World], document: Document) -> None:
    correct_header(document, number="22-CV/TU", actor=worlds[0].actor)
    assert corrections.corrections(document.pk, viewer=worlds[1].viewer(), known_at=None) == []
    assert corrections.corrections(document.pk, viewer=worlds[0].viewer("focal"), known_at=None) == []


def test_three_corrections_take_as_many_queries_as_one(world: World, document: Document) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            rows = corrections.corrections(document.pk, viewer=world.viewer(), known_at=None)
        return len(rows), len(caught)

    correct_header(document, number="22-CV/TU", actor=world.actor)
    one = asked()
    correct_header(document, number="23-CV/TU", actor=world.actor)
    correct_header(document, signer="Trần Văn Mẫu", actor=world.actor)
    assert (one, asked()) == ((1, 1), (3, 1))
