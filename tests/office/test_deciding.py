"""Merging, splitting, moving the words and taking back: what was decided stands, and nothing is decided twice."""

from __future__ import annotations

from array import array
from datetime import date

import pytest

from dondoc.office import figures
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.actions.readings import (
    Acceptance,
    AlreadyBegun,
    AlreadyDecided,
    ReadingRefused,
    accept_proposal,
    accept_proposals,
    merge_proposals,
    refuse_proposal,
    split_proposal,
    withdraw_decision,
)
from dondoc.office.models import Change, Document, DocumentPage, LogEntry, Proposal, ReadingFailure, Review, Task
from dondoc.office.queries import history, readings
from dondoc.rules.places import pack
from office.asking import signed_in, words
from office.conftest import World
from office.test_readings import owed, read

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 4)


def as_read(proposal: Proposal, **otherwise: object) -> Acceptance:
    """A proposal accepted as it was read, or otherwise."""
    how = {"title": "Lập danh mục", "leads": tuple(proposal.leads), "coordinators": tuple(proposal.coordinators)}
    return Acceptance(**{"proposal_id": proposal.pk, "due": None, "due_words": "", "changed": True, **how, **otherwise})


def accept(world: World, proposal: Proposal, **otherwise: object) -> Task:
    """Accept a proposal, as it was read unless said otherwise."""
    return accept_proposal(as_read(proposal, **otherwise), workflow=world.workflow, on=DAY, actor=world.actor)


def row(world: World, proposal: Proposal, *, known_at: object = None) -> readings.ProposalRow:
    """A proposal as its page shows it."""
    page = readings.reading(proposal.reading.document_id, viewer=world.viewer(), known_at=known_at)
    assert page is not None
    return next(one for one in page.proposals if one.id == proposal.pk)


def figure(world: World, document_id: int) -> dict[str, object]:
    """How many proposals of a document stand how, as the page says it."""
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    asked = {verdict: {"document": str(document_id), "verdict": verdict} for verdict in ("open", "taken", "refused")}
    for arguments in asked.values():
        number = figures.value("proposals.by_verdict", **moment, arguments=arguments)
        assert number.value == len(figures.rows("proposals.by_verdict", **moment, arguments=arguments))
    return {
        verdict: figures.value("proposals.by_verdict", **moment, arguments=arguments).value
        for verdict, arguments in asked.items()
    }


def test_merged_proposals_are_one_task_that_keeps_every_place(world: World) -> None:
    first, second, third = read(world)
    how = as_read(first, leads=("Sở Tài chính", "Ban Quản lý Khu Đông"), coordinators=())
    task = merge_proposals(how, [second.pk], workflow=world.workflow, on=DAY, actor=world.actor)
    places = [(clause.start, clause.end) for clause in task.clauses.order_by("start")]
    reviews = Review.objects.filter(proposal__in=[first, second]).order_by("proposal_id")
    assert places == [(first.start, first.end), (second.start, second.end)]
    assert [(review.verdict, review.task_id) for review in reviews] == [("merged", task.pk)] * 2
    assert len({review.entry_id for review in reviews}) == 1
    assert set(owed(task)) == {"Sở Tài chính", "Ban Quản lý Khu Đông"}
    assert figure(world, first.reading.document_id) == {"open": 1, "taken": 2, "refused": 0}
    with pytest.raises(AlreadyDecided):
        merge_proposals(as_read(third), [second.pk], workflow=world.workflow, on=DAY, actor=world.actor)


def test_only_proposals_of_one_document_are_merged(world: World) -> None:
    first = read(world)[0]
    other = read(world, day="Cần Thơ, ngày 05 tháng 01 năm 2022", name="khac.txt")[0]
    with pytest.raises(ReadingRefused, match="khác nhau"):
        merge_proposals(as_read(first), [other.pk], workflow=world.workflow, on=DAY, actor=world.actor)
    with pytest.raises(ReadingRefused):
        merge_proposals(as_read(first), [first.pk], workflow=world.workflow, on=DAY, actor=world.actor)
    assert not Review.objects.exists()


def test_a_split_proposal_is_several_tasks_in_one_decision(world: World) -> None:
    first = read(world)[0]
    parts = [as_read(first, title="Lập danh mục"), as_read(first, title="Báo cáo", leads=("Sở Xây dựng",))]
    made = split_proposal(parts, workflow=world.workflow, on=DAY, actor=world.actor)
    reviews = Review.objects.filter(proposal=first).order_by("id")
    assert [(review.verdict, review.task_id) for review in reviews] == [("split", task.pk) for task in made]
    assert len({review.entry_id for review in reviews}) == 1
    assert [title for _key, title in row(world, first).tasks] == ["Lập danh mục", "Báo cáo"]
    assert figure(world, first.reading.document_id) == {"open": 2, "taken": 1, "refused": 0}


def test_one_part_that_cannot_be_undoes_the_whole_split(world: World) -> None:
    first = read(world)[0]
    before = LogEntry.objects.count()
    for wrong in (as_read(first, title=" "), as_read(first, leads=("Ban Hoàn Toàn Mới", " "))):
        with pytest.raises(ReadingRefused):
            split_proposal([as_read(first), wrong], workflow=world.workflow, on=DAY, actor=world.actor)
    assert LogEntry.objects.count() == before


def test_moved_words_are_the_place_of_the_task(world: World) -> None:
    first = read(world)[0]
    text = first.reading.document.text
    start = text.index("lập danh mục")
    end = start + len("lập danh mục")
    client = signed_in(world, "officer")
    sent = {"title": "Lập danh mục", "leads": "Sở Tài chính", "start": start, "end": end}
    client.post(f"/proposals/{first.pk}/change/", sent)
    clause = Review.objects.get(proposal=first).task.clauses.get()
    assert text[clause.start : clause.end] == "lập danh mục"
    second = Proposal.objects.get(reading=first.reading, order=first.order + 1)
    for wrong in ((5, 5), (0, len(text) + 1)):
        answer = client.post(f"/proposals/{second.pk}/change/", {**sent, "start": wrong[0], "end": wrong[1]})
        assert "chọn lại đoạn" in words(answer)


def test_a_withdrawn_acceptance_is_no_longer_owed_and_can_be_decided_again(world: World) -> None:
    first = read(world)[0]
    task = accept(world, first)
    withdraw_decision(first.pk, reason="giao nhầm", confirmed=False, actor=world.actor)
    changes = Change.objects.filter(duty__task=task).order_by("duty_id", "id")
    assert [(c.to_state, c.note) for c in changes if c.from_state] == [("dropped", "giao nhầm")] * 2
    open_again = row(world, first)
    assert (open_again.verdict, open_again.withdrawn_by, open_again.reason) == ("", "Nguyễn Văn Thử", "giao nhầm")
    assert figure(world, first.reading.document_id) == {"open": 3, "taken": 0, "refused": 0}
    again = accept(world, first, title="Lập danh mục lần hai")
    assert row(world, first).tasks == ((again.pk, "Lập danh mục lần hai"),)
    assert [review.verdict for review in Review.objects.filter(proposal=first).order_by("id")] == [
        "changed",
        "withdrawn",
        "changed",
    ]


def test_work_that_has_begun_is_withdrawn_only_on_a_second_yes(world: World) -> None:
    first = read(world)[0]
    task = accept(world, first)
    duty = task.duties.order_by("order")[0]
    move_duty(Move(duty.pk, "in_progress", DAY), actor=world.actor)
    with pytest.raises(AlreadyBegun, match="1"):
        withdraw_decision(first.pk, reason="giao nhầm", confirmed=False, actor=world.actor)
    client = signed_in(world, "officer")
    refused = client.post(f"/proposals/{first.pk}/withdraw/", {"reason": "giao nhầm"})
    assert "đã biết" in words(refused)
    client.post(f"/proposals/{first.pk}/withdraw/", {"reason": "giao nhầm", "confirmed": "on"})
    assert row(world, first).verdict == ""
    assert Change.objects.filter(duty=duty).latest("pk").to_state == "dropped"


def test_withdrawing_a_merge_opens_all_of_it(world: World) -> None:
    first, second, third = read(world)
    task = merge_proposals(
        as_read(first, coordinators=()), [second.pk], workflow=world.workflow, on=DAY, actor=world.actor
    )
    accept(world, third)
    withdraw_decision(second.pk, reason="gộp nhầm", confirmed=False, actor=world.actor)
    assert [row(world, one).verdict for one in (first, second, third)] == ["", "", "changed"]
    assert {c.to_state for c in Change.objects.filter(duty__task=task, from_state__gt="")} == {"dropped"}


def test_a_refusal_is_taken_back_too_but_never_without_a_reason(world: World) -> None:
    first, second, _third = read(world)
    refuse_proposal(first.pk, reason="trùng", actor=world.actor)
    with pytest.raises(ReadingRefused):
        withdraw_decision(first.pk, reason=" ", confirmed=True, actor=world.actor)
    with pytest.raises(ReadingRefused):
        withdraw_decision(second.pk, reason="chưa ai quyết định", confirmed=True, actor=world.actor)
    withdraw_decision(first.pk, reason="không trùng", confirmed=False, actor=world.actor)
    assert row(world, first).verdict == ""


def test_what_cannot_be_taken_of_many_stays_open_and_enters_nothing(world: World) -> None:
    first, second, third = read(world)
    refuse_proposal(third.pk, reason="", actor=world.actor)
    hows = [as_read(first), as_read(second, leads=("Ban Chưa Có Tên", "")), as_read(third)]
    done = accept_proposals(hows, workflow=world.workflow, on=DAY, actor=world.actor)
    assert [key for key, _why in done.refused] == [second.pk, third.pk]
    assert len(done.tasks) == 1
    assert row(world, second).verdict == ""
    assert row(world, second).unknown == ()  # named by the first, which was taken
    assert not readings.reviewed(viewer=world.viewer())


def test_what_a_newer_reading_offers_again_is_decided_already(world: World) -> None:
    first = read(world)[0]
    accept(world, first)
    newer = type(first.reading).objects.get(pk=first.reading_id)
    newer.pk, newer.reader_version = None, "2"
    newer.save(force_insert=True)
    again = Proposal.objects.get(pk=first.pk)
    again.pk, again.reading, again.first = None, newer, first
    again.save(force_insert=True)
    shown = readings.reading(newer.document_id, viewer=world.viewer(), known_at=None)
    assert shown is not None
    assert [(one.id, one.verdict) for one in shown.proposals] == [(again.pk, "changed")]
    with pytest.raises(AlreadyDecided):
        accept(world, again)
    withdraw_decision(again.pk, reason="đọc lại mới thấy nhầm", confirmed=False, actor=world.actor)
    assert row(world, again).verdict == ""


def test_the_page_of_a_past_instant_shows_what_was_decided_then_and_no_button(world: World) -> None:
    first = read(world)[0]
    before = history.head(world.office.pk)
    assert before is not None
    accept(world, first)
    assert row(world, first, known_at=before.recorded_at).verdict == ""
    client = signed_in(world, "officer")
    page = client.get(f"/documents/{first.reading.document_id}/reading/", {"known_at": before.recorded_at.isoformat()})
    assert (page.context["may_decide"], page.context["pulse"]) == (False, None)
    assert [item["figure"].value for item in page.context["counts"]] == [3, 0, 3]
    assert f"/proposals/{first.pk}/accept/" not in page.content.decode()


def test_a_page_asks_for_news_and_gets_what_others_decided(world: World) -> None:
    first, second, _third = read(world)
    document = first.reading.document_id
    mine, other = signed_in(world, "officer"), signed_in(world, "administrator")
    seen = mine.get(f"/documents/{document}/reading/").context["pulse"]["seen"]
    assert mine.get(f"/documents/{document}/news/", {"seen": seen}).status_code == 204
    other.post(f"/proposals/{second.pk}/refuse/", {"reason": "trùng"})
    news = mine.get(f"/documents/{document}/news/", {"seen": seen}, headers={"HX-Request": "true"}).content.decode()
    assert f'id="proposal-{second.pk}"' in news
    assert f'id="proposal-{first.pk}"' not in news
    # Whoever decides is told of the others' decisions in the same answer.
    own = mine.post(f"/proposals/{first.pk}/accept/", {"seen": seen}, headers={"HX-Request": "true"}).content.decode()
    assert own.index(f'id="proposal-{first.pk}"') < own.index(f'id="proposal-{second.pk}"')


def test_the_lines_of_the_page_joined_are_the_text_as_it_came(world: World) -> None:
    first = read(world)[0]
    page = signed_in(world, "officer").get(f"/documents/{first.reading.document_id}/reading/")
    shown = "".join(mark.text for line in page.context["lines"] for cell in line.cells for mark in cell)
    assert shown == first.reading.document.text


def test_a_document_that_could_not_be_read_says_why(world: World) -> None:
    failure = Document.objects.get(pk=world.resolution.pk)
    entry = LogEntry.objects.filter(office=world.office).latest("pk")
    ReadingFailure.objects.create(
        document=failure, reader_version="1", reason="Tệp hỏng.", entry=entry, recorded_at=entry.recorded_at
    )
    client = signed_in(world, "officer")
    page = client.get(f"/documents/{failure.pk}/reading/")
    assert (page.context["problem"], page.context["work"]) == ("Tệp hỏng.", None)


def paper(document: Document) -> None:
    """Say where the words of a document stand on its first page."""
    place = document.text.index("Sở Tài chính")
    places = pack(array("I", [place]), array("I", [place + 12]), array("f", [72.0, 100.0, 160.0, 112.0]))
    DocumentPage.objects.create(document=document, number=1, width=595, height=842, places=places)


def test_boxes_lie_over_the_words_that_were_found(world: World) -> None:
    first = read(world)[0]
    paper(first.reading.document)
    sheets = signed_in(world, "officer").get(f"/documents/{first.reading.document_id}/reading/").context["sheets"]
    shapes = [(s.kind, s.of, s.x, s.y, s.width, s.height) for s in sheets[0].shapes]
    assert shapes == [("proposal", f"p{first.pk}", "71.0", "99.0", "90.0", "14.0")]


def test_a_picture_is_shown_to_whoever_sees_the_office_and_to_nobody_else(worlds: tuple[World, World]) -> None:
    near, far = worlds
    first = read(near)[0]
    paper(first.reading.document)
    address = f"/documents/{first.reading.document_id}/pages/1/"
    answers = [signed_in(world, role).get(address) for world, role in ((near, "focal"), (far, "officer"))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert {"Không có trang này" in words(answer) for answer in answers} == {True}
    # A text file has no pictures: its own people are told so in words.
    assert "không có hình trang" in words(signed_in(near, "officer").get(address))


def test_two_names_of_one_agency_are_both_said(world: World) -> None:
    """By 2026 the department of planning has become part of that of finance: the officer is told which names meet."""
    first = read(world, day="Cần Thơ, ngày 03 tháng 3 năm 2026")[0]
    with pytest.raises(ReadingRefused) as refused:
        accept(world, first, leads=("Sở Tài chính",), coordinators=("Sở Kế hoạch và Đầu tư",))
    told = "“Sở Tài chính” và “Sở Kế hoạch và Đầu tư” là cùng một đơn vị vào ngày của văn bản. Hãy để lại một tên."
    assert str(refused.value) == told
    assert not Review.objects.filter(proposal=first).exists()
