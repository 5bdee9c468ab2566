"""Documents: their days, and what is counted beside them, for whoever looks and for the day looked at."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.office.actions.documents import DocumentRefused, correct_header
from dondoc.office.actions.intake import Incoming, take_in
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Document, DocumentHeader, DocumentWords
from dondoc.office.queries import documents
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY, BEFORE = date(2022, 3, 1), date(2022, 2, 28)


def test_tasks_are_counted_on_the_day_and_for_those_who_see_them(world: World) -> None:
    for title, agency in (("Lập danh mục", world.finance), ("Thẩm định", world.building)):
        new = NewTask(title, (NewDuty(agency),), world.workflow, document=world.resolution)
        add_task(new, on=DAY, actor=world.actor)

    def counted(day: date, *only: object) -> int:
        viewer = world.viewer("focal", *only) if only else world.viewer()  # type: ignore[arg-type]
        return documents.document(world.resolution.pk, viewer=viewer, as_of=day, known_at=None).tasks

    assert [counted(BEFORE), counted(DAY), counted(DAY, world.finance)] == [0, 2, 1]


def test_a_day_that_has_not_come_is_refused_in_a_head_and_passed_over_in_a_text(world: World) -> None:
    with pytest.raises(DocumentRefused):
        correct_header(world.resolution, actor=world.actor, issued_on=date(2999, 1, 5))
    with pytest.raises(DocumentRefused):
        correct_header(world.resolution, actor=world.actor, issued_on=date(202, 1, 5))
    text = "THÀNH ỦY CẦN THƠ\n*\nSố 9-CV/TU\n\nCần Thơ, ngày 05 tháng 01 năm 2099\n\nKính gửi: Sở Tài chính"
    taken = take_in(Incoming(text.encode(), "cv.txt", DAY), actor=world.actor)
    head = DocumentHeader.objects.get(document_id=taken.document_id)
    assert (head.issued_on, head.effective_on) == (None, DAY)


def test_a_received_day_that_was_wrong_is_mended_in_list_page_and_search(world: World) -> None:
    text = "THÀNH ỦY CẦN THƠ\n*\nSố 9-CV/TU\n\nKính gửi: Sở Tài chính"
    taken = take_in(Incoming(text.encode(), "cv.txt", DAY), actor=world.actor)
    right = date(2022, 2, 24)
    correct_header(Document.objects.get(pk=taken.document_id), actor=world.actor, received_on=right)
    rows = {
        day: documents.document(taken.document_id, viewer=world.viewer(), as_of=DAY, known_at=known_at).received_on
        for day, known_at in (("now", None), ("then", Document.objects.get(pk=taken.document_id).recorded_at))
    }
    words = DocumentWords.objects.get(document_id=taken.document_id, replaced_at=None)
    assert (rows, words.received_on, words.day) == ({"now": right, "then": DAY}, right, right)
    with pytest.raises(DocumentRefused):
        correct_header(world.resolution, actor=world.actor, received_on=date(2999, 1, 5))
