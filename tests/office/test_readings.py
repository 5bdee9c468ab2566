"""Deciding on what was read: by a named person, once, in the words of the document."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from dondoc.office.access import Actor
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.readings import Acceptance, AlreadyDecided, accept_proposal, refuse_proposal
from dondoc.office.models import Agency, Duty, LogEntry, Proposal, Review, Task
from dondoc.office.queries import agencies, readings
from dondoc.office.web.readings import deciding, page
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
PAPER = """THÀNH ỦY CẦN THƠ
*
Số 31-CV/TU

{day}

1. Sở Tài chính chủ trì, phối hợp với Ban Quản lý Khu Đông lập danh mục, báo cáo trước ngày 30/6.

2. Ban Quản lý Khu Đông chủ trì rà soát quy hoạch, hoàn thành trước ngày 30/9/2022.

3. Sở Xây dựng chủ trì kiểm tra tiến độ, hoàn thành trước ngày 31/10/2022.
"""
DATED = "Cần Thơ, ngày 03 tháng 3 năm 2022"


def read(world: World, *, day: str = DATED, name: str = "cv.txt") -> list[Proposal]:
    """Take the paper in and read it; without a day at its head it names no year at all."""
    text = PAPER.format(day=day) if day else PAPER.format(day="").replace("/2022", "")
    taken = take_in(Incoming(text.encode(), name, date(2022, 3, 4)), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    return list(Proposal.objects.filter(reading__document_id=taken.document_id).order_by("order"))


def owed(task: Task) -> dict[str, tuple[str, date | None]]:
    """Who owes a task in which role, and its due day."""
    rows = Duty.objects.filter(task=task)
    called = agencies.names([duty.bearers.get().agency_id for duty in rows], as_of=date(2022, 3, 3), known_at=None)
    return {called[d.bearers.get().agency_id][0]: (d.role, d.dues.get().last_day) for d in rows}


def test_an_accepted_proposal_is_a_task_in_the_words_of_the_document(world: World) -> None:
    first, _second, _third = read(world)
    answer = signed_in(world, "officer").post(f"/proposals/{first.pk}/accept/")
    review = Review.objects.get(proposal=first)
    clause = review.task.clauses.get()
    text = first.reading.document.text
    assert answer.headers["Location"] == f"/documents/{first.reading.document_id}/reading/#proposal-{first.pk}"
    assert (review.verdict, review.entry.actor_name) == ("accepted", "officer Cần Thơ")
    assert " ".join(text[clause.start : clause.end].split()) == review.task.title
    assert (review.task.origin, review.task.assigned_on) == ("reading", date(2022, 3, 3))
    assert owed(review.task) == {
        "Sở Tài chính": ("lead", date(2022, 6, 30)),
        "Ban Quản lý Khu Đông": ("coordinate", date(2022, 6, 30)),
    }


def test_a_name_that_the_register_does_not_know_becomes_an_agency_once(world: World) -> None:
    proposals = read(world)
    client = signed_in(world, "officer")
    for proposal in proposals:
        client.post(f"/proposals/{proposal.pk}/accept/")
    for proposal in read(world, day="Cần Thơ, ngày 04 tháng 01 năm 2022", name="truoc.txt"):
        client.post(f"/proposals/{proposal.pk}/accept/")
    assert Agency.objects.filter(office=world.office, names__name="Ban Quản lý Khu Đông").count() == 1
    assert Task.objects.filter(office=world.office, origin="reading").count() == 6


def test_a_changed_proposal_is_what_the_officer_made_of_it(world: World) -> None:
    first = read(world)[0]
    client = signed_in(world, "officer")
    asked = client.get(f"/proposals/{first.pk}/change/").context["form"].initial
    assert (asked["leads"], asked["coordinators"], asked["due"].on) == (
        "Sở Tài chính",
        "Ban Quản lý Khu Đông",
        date(2022, 6, 30),
    )
    changed = {"title": "Lập danh mục", "leads": "Sở Xây dựng", "coordinators": "", "due_on": "2022-07-15"}
    client.post(f"/proposals/{first.pk}/change/", changed)
    review = Review.objects.get(proposal=first)
    assert (review.verdict, review.task.title) == ("changed", "Lập danh mục")
    assert owed(review.task) == {"Sở Xây dựng": ("lead", date(2022, 7, 15))}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"coordinators": "Sở Tài chính"}, "hai lần"),
        ({"leads": "x" * 301}, "quá dài"),
        ({"leads": ";\n ;"}, "chủ trì"),
    ],
)
def test_what_cannot_be_accepted_is_shown_again_with_the_reason(
    world: World, changed: dict[str, str], sentence: str
) -> None:
    first = read(world)[0]
    client = signed_in(world, "officer")
    sent = {"title": "Lập danh mục đã sửa", "leads": "Sở Tài chính", "coordinators": "", **changed}
    answer = client.post(f"/proposals/{first.pk}/change/", sent)
    assert (sentence in words(answer), "Lập danh mục đã sửa" in answer.content.decode()) == (True, True), words(answer)
    assert not Review.objects.filter(proposal=first).exists()


def test_what_is_not_clear_yet_is_said_before_a_proposal_is_accepted(world: World) -> None:
    proposals = read(world)
    found = readings.reading(proposals[0].reading.document_id, viewer=world.viewer(), known_at=None)
    assert found is not None
    assert {row.order: [point.label for point in row.unclear] for row in found.proposals} == {
        row.order: ["rõ sản phẩm"] for row in found.proposals
    }
    page = words(signed_in(world, "officer").get(f"/documents/{found.document_id}/reading/"))
    assert page.count("còn thiếu: rõ sản phẩm") == len(found.proposals) > 1


def test_a_refused_proposal_keeps_its_reason_and_is_no_task(world: World) -> None:
    first = read(world)[0]
    client = signed_in(world, "officer")
    client.post(f"/proposals/{first.pk}/refuse/", {"reason": "đã giao ở văn bản khác"})
    review = Review.objects.get(proposal=first)
    assert (review.verdict, review.reason, review.task) == ("refused", "đã giao ở văn bản khác", None)
    assert "đã giao ở văn bản khác" in words(client.get(f"/documents/{first.reading.document_id}/reading/"))


def test_the_second_to_decide_is_told_by_whom_it_was_decided(world: World) -> None:
    first = read(world)[0]
    signed_in(world, "officer").post(f"/proposals/{first.pk}/refuse/", {"reason": ""})
    second = signed_in(world, "administrator")
    answers = [
        second.post(f"/proposals/{first.pk}/{deed}/", {"title": "x", "leads": "Sở Tài chính"})
        for deed in ("accept", "change", "refuse")
    ]
    assert [("officer Cần Thơ" in words(answer), answer.status_code) for answer in answers] == [(True, 403)] * 3
    assert Review.objects.filter(proposal=first).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_decide_at_once_one_decides(world: World) -> None:
    first = read(world)[0]
    how = Acceptance(first.pk, "Lập danh mục", ("Ban Mới Lập",), (), None, "", changed=True)

    def decide(n: int) -> str:
        actor = Actor(world.actor.viewer, f"Người {n}")
        try:
            if n % 2:
                refuse_proposal(first.pk, reason="", actor=actor)
            else:
                accept_proposal(how, workflow=world.workflow, on=date(2022, 3, 4), actor=actor)
        except AlreadyDecided as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(4) as officers:
        told = list(officers.map(decide, range(4)))
    review = Review.objects.select_related("entry").get(proposal=first)
    assert told.count("") == 1
    assert all(review.entry.actor_name in sentence for sentence in told if sentence)


def test_all_that_is_sure_is_accepted_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    proposals = read(world)
    client = signed_in(world, "officer")
    document = proposals[0].reading.document_id
    second = sorted(p.confidence for p in proposals)[1]
    monkeypatch.setattr(page, "SURE", (float(second), 0.5))
    monkeypatch.setattr(deciding, "SURE", (float(second), 0.5))
    sure = [p for p in proposals if p.confidence >= second]
    entries = LogEntry.objects.count()
    told = words(client.post(f"/documents/{document}/accept/", {"at": str(second)}, follow=True))
    assert Review.objects.filter(proposal__in=sure, verdict="accepted").count() == len(sure)
    assert f"{len(sure)} đề xuất" in told
    assert LogEntry.objects.filter(action="accept_proposal").values("recorded_at").distinct().count() == 1
    assert LogEntry.objects.count() - entries == 2 * len(sure) + 1  # and the one agency that was new
    client.post(f"/documents/{document}/accept/", {"at": str(second)})
    assert Review.objects.count() == len(sure)


def test_a_day_without_a_year_waits_for_the_year_of_the_document(world: World) -> None:
    first = read(world, day="")[0]
    document = first.reading.document_id
    client = signed_in(world, "officer")
    asked = client.get(f"/documents/{document}/reading/")
    assert asked.context["ask"] is not None
    assert readings.due_rule(first.due, issued_on=None) is None
    client.post(f"/documents/{document}/head/", {"issued_on": "2023-03-01"})
    assert client.get(f"/documents/{document}/reading/").context["ask"] is None
    client.post(f"/proposals/{first.pk}/accept/")
    task = Review.objects.get(proposal=first).task
    assert (task.assigned_on, owed(task)["Sở Tài chính"][1]) == (date(2023, 3, 1), date(2023, 6, 30))


def test_the_days_that_an_officer_gives_must_be_days(world: World) -> None:
    document = read(world, day="")[0].reading.document_id
    client = signed_in(world, "officer")
    for day in ("", "hôm qua", "2022-02-30", "9999-12-31", "0001-01-01"):
        client.post(f"/documents/{document}/head/", {"issued_on": day})
        assert client.get(f"/documents/{document}/reading/").context["ask"] is not None, day
