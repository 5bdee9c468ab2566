"""A document is read again by a newer reader: what was decided stays exactly as it was, and what changed is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import dondoc.reader.api
from dondoc.office import figures
from dondoc.office.actions.claims import bind_claim
from dondoc.office.actions.intake import Incoming, keep_reading, read_document, take_in
from dondoc.office.actions.readings import (
    Acceptance,
    accept_proposal,
    merge_proposals,
    refuse_proposal,
    split_proposal,
    withdraw_decision,
)
from dondoc.office.models import (
    Claim,
    ClaimBinding,
    Clause,
    Document,
    DocumentLink,
    DocumentPage,
    Duty,
    Proposal,
    Reading,
    Review,
    Task,
    TaskClause,
)
from dondoc.office.queries import claims, history, rereading
from dondoc.rules.deadlines import DueRule
from office.another_reader import read_without
from office.asking import signed_in, words
from office.conftest import World

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 3)
TEXT = """THÀNH ỦY CẦN THƠ
*
Số 15-CV/TU

Cần Thơ, ngày 02 tháng 3 năm 2022

CÔNG VĂN
về chuẩn bị tổng kết nghị quyết

Căn cứ Nghị quyết số 59-NQ/TW. Đến nay 25 dự án đã hoàn thành, còn 7 dự án chậm tiến độ.

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập danh mục công trình, báo cáo trước ngày 30/6/2022.

2. Sở Xây dựng rà soát danh mục công trình chào mừng, gửi danh mục về Văn phòng Thành ủy trước ngày 15/5/2022.

3. Giao Sở Nội vụ chủ trì xây dựng kế hoạch biên chế.

4. Giao Sở Y tế chủ trì xây dựng đề án; giao Sở Giáo dục và Đào tạo chủ trì khảo sát trường lớp.

5. Sở Công Thương đôn đốc tiến độ các cụm công nghiệp.

6. Văn phòng Thành ủy theo dõi việc thực hiện.
"""
# The older reader takes one agency for a longer name, and does not see item 5; the later one does not see item 6.
OLDER, LATER = {"rà soát", "đôn đốc"}, {"theo dõi"}


def words_of(found: tuple[rereading.Found, ...]) -> list[str]:
    return [one.words for one in found if one.kind == "proposal"]


def acceptance(proposal: Proposal, title: str, *, changed: bool = False, leads: tuple[str, ...] = ()) -> Acceptance:
    return Acceptance(
        proposal_id=proposal.pk,
        title=title,
        leads=leads or tuple(proposal.leads),
        coordinators=tuple(proposal.coordinators),
        due=DueRule("day", date(2022, 6, 30)) if changed else None,
        due_words="",
        changed=changed,
    )


@pytest.fixture
def document(world: World) -> Document:
    taken = take_in(Incoming(TEXT.encode(), "cv.txt", DAY), actor=world.actor)
    return Document.objects.get(pk=taken.document_id)


@pytest.fixture
def old_reading(world: World, document: Document, tmp_path: Path) -> Reading:
    read = read_without(tmp_path, OLDER, TEXT, version="0.9")
    return Reading.objects.get(pk=keep_reading(document.pk, read, actor=world.actor))


def decided(world: World, reading: Reading) -> None:
    """Accept, change, merge, split and refuse: nothing of the older reading stays open."""
    given = {"workflow": world.workflow, "on": DAY, "actor": world.actor}
    first, second, third, health, school, sixth = Proposal.objects.filter(reading=reading).order_by("order")
    accept_proposal(acceptance(first, "Lập danh mục công trình"), **given)
    changed = acceptance(second, "Rà soát danh mục", changed=True, leads=("Sở Xây dựng",))
    accept_proposal(changed, **given)
    merge_proposals(acceptance(health, "Xây dựng đề án và khảo sát", changed=True), [school.pk], **given)
    split_proposal([acceptance(third, "Kế hoạch biên chế"), acceptance(third, "Danh sách biên chế")], **given)
    accept_proposal(acceptance(sixth, "Nhắc việc thực hiện"), **given)


DECIDED = (Review, Task, TaskClause, Duty, ClaimBinding, Proposal, Claim, Clause, DocumentLink)


def as_recorded(before: int) -> list[tuple[object, ...]]:
    """All that was recorded up to an entry of the log, column by column, as it stands now."""
    return [
        row
        for model in DECIDED
        for row in model._base_manager.filter(entry_id__lte=before).order_by("pk").values_list(named=False)
    ]


def test_what_was_decided_is_exactly_as_before_a_newer_reading(
    world: World, document: Document, old_reading: Reading, tmp_path: Path
) -> None:
    decided(world, old_reading)
    claim = Claim.objects.get(reading=old_reading, value=25)
    bind_claim(claim.pk, figure="tasks.total", arguments={"programme": "gan-list"}, actor=world.actor)
    last = history.head(world.office.pk)
    assert last is not None
    before = as_recorded(last.pk)
    assert (Review.objects.count(), Task.objects.count()) == (7, 3 + 5 + 5 + 1), "three here and five next door"

    newer = Reading.objects.get(pk=read_document(document.pk, actor=world.actor))
    lost_one = read_without(tmp_path, LATER, TEXT, version="9")
    latest = Reading.objects.get(pk=keep_reading(document.pk, lost_one, actor=world.actor))

    assert as_recorded(last.pk) == before
    assert Review.objects.count() == 7
    assert history.verify_chain(world.office, end=None).faults == ()
    assert list(history.audit(world.office)) == []
    # Whatever the newer readers offer again is decided; only what was gained waits, and what was lost is not forgotten.
    shown = list(rereading.proposals(Proposal.objects.filter(reading__document=document), known_at=None))
    assert sorted((p.start, p.stands) for p in shown if p.stands) == sorted(
        (TEXT.index(words), verdict)
        for words, verdict in (
            ("Sở Tài chính chủ trì", "accepted"),
            ("Sở Xây dựng rà soát", "changed"),
            ("Sở Nội vụ", "split"),
            ("Sở Y tế", "merged"),
            ("Sở Giáo dục", "merged"),
            ("Văn phòng Thành ủy theo dõi", "accepted"),
        )
    )
    assert [TEXT[p.start : p.end] for p in shown if not p.stands] == [
        "Sở Công Thương đôn đốc tiến độ các cụm công nghiệp"
    ]
    assert {p.reading_id for p in shown} == {newer.pk, latest.pk}, "what was lost is shown as it was offered last"
    left = {"document": str(document.pk), "verdict": "open"}
    moment = {"viewer": world.viewer(), "as_of": DAY, "known_at": None}
    assert figures.value("proposals.by_verdict", **moment, arguments=left).value == 1
    bound = claims.of_document(document.pk, viewer=world.viewer(), known_at=None)
    assert [(c.value, c.figure) for c in bound] == [(25, "tasks.total"), (7, "")]
    # At the instant before, the office knew the older reading only.
    then = claims.of_document(document.pk, viewer=world.viewer(), known_at=last.recorded_at)
    assert [c.id for c in then] == list(Claim.objects.filter(reading=old_reading).values_list("pk", flat=True))


def test_a_decision_on_the_newer_offer_is_one_on_the_older(
    world: World, document: Document, old_reading: Reading
) -> None:
    first = Proposal.objects.get(reading=old_reading, order=0)
    read_document(document.pk, actor=world.actor)
    again = Proposal.objects.get(first=first)
    refuse_proposal(again.pk, reason="Việc thường xuyên", actor=world.actor)
    standing = rereading.decided_of([first, again], known_at=None)
    assert [standing[first.pk], standing[again.pk]] == [[Review.objects.get()]] * 2
    withdraw_decision(first.pk, reason="Nhầm", confirmed=True, actor=world.actor)
    open_now = rereading.undecided(Proposal.objects.filter(reading__document=document), known_at=None)
    assert again in open_now
    assert first not in open_now


def test_what_a_newer_reading_gained_lost_and_changed_is_told(
    world: World, document: Document, old_reading: Reading, tmp_path: Path
) -> None:
    read_document(document.pk, actor=world.actor)
    keep_reading(document.pk, read_without(tmp_path, LATER, TEXT, version="9"), actor=world.actor)
    viewer = world.viewer()
    latest, newer, older = rereading.readings_of(document.pk, viewer=viewer, known_at=None)
    assert [one.version for one in (older, newer, latest)] == ["0.9", dondoc.reader.api.VERSION, "9"]
    told = rereading.comparison(older, newer, viewer=viewer, known_at=None)
    assert words_of(told.gained) == ["Sở Công Thương đôn đốc tiến độ các cụm công nghiệp"]
    assert words_of(told.lost) == []
    assert [(one.before.leads, one.after.leads) for one in told.changed] == [
        (("Sở Xây dựng rà soát danh mục công trình chào mừng",), ("Sở Xây dựng",))
    ]
    told = rereading.comparison(newer, latest, viewer=viewer, known_at=None)
    assert (words_of(told.gained), words_of(told.lost)) == ([], ["Văn phòng Thành ủy theo dõi việc thực hiện"])
    both = rereading.comparison(older, latest, viewer=viewer, known_at=None)
    assert (len(words_of(both.gained)), len(words_of(both.lost)), len(both.changed)) == (1, 1, 1)


def test_clauses_and_links_stand_once_however_often_a_document_is_read(
    world: World, document: Document, old_reading: Reading, tmp_path: Path
) -> None:
    def stands() -> tuple[list[str], list[str]]:
        addresses = Clause.objects.filter(document=document).order_by("order").values_list("address", flat=True)
        links = DocumentLink.objects.filter(document=document).values_list("target_number", flat=True)
        return list(addresses), list(links)

    before = stands()
    read_document(document.pk, actor=world.actor)
    keep_reading(document.pk, read_without(tmp_path, LATER, TEXT, version="9"), actor=world.actor)
    assert stands() == before == (["1", "2", "3", "4", "5", "6"], ["59-NQ/TW"])
    unplaced = Proposal.objects.filter(reading__document=document, clause=None)
    assert not unplaced.exists(), "a proposal of a later reading has its clause too"


def test_the_same_reader_a_second_time_changes_nothing(world: World, document: Document, old_reading: Reading) -> None:
    first = read_document(document.pk, actor=world.actor)
    before = history.head(world.office.pk)
    assert read_document(document.pk, actor=world.actor) == first
    assert history.head(world.office.pk) == before


def test_a_reader_that_takes_other_characters_out_of_the_file_reads_the_text_we_know(
    world: World, document: Document, tmp_path: Path
) -> None:
    read_document(document.pk, actor=world.actor)
    shifted = read_without(tmp_path, OLDER, f"(trang 1)\n{TEXT}", version="0.9")
    keep_reading(document.pk, shifted, actor=world.actor)
    for proposal in Proposal.objects.filter(reading__document=document):
        assert TEXT[proposal.start : proposal.end].startswith(("Sở", "Văn phòng"))


def test_one_office_sees_no_readings_of_another(worlds: tuple[World, World], document: Document) -> None:
    read_document(document.pk, actor=worlds[0].actor)
    assert rereading.readings_of(document.pk, viewer=worlds[1].viewer(), known_at=None) == []
    assert rereading.readings_of(document.pk, viewer=worlds[0].viewer("focal"), known_at=None) == []
    version = dondoc.reader.api.VERSION
    assert rereading.read_by_another("9", office_id=worlds[0].office.pk) == [document.pk]
    assert rereading.read_by_another("9", office_id=worlds[1].office.pk) == []
    assert rereading.read_by_another(version, office_id=worlds[0].office.pk) == []


def test_counting_what_is_open_takes_as_many_queries_for_one_document_as_for_three(
    world: World, document: Document, old_reading: Reading
) -> None:
    def asked(ids: list[int]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            list(rereading.undecided(Proposal.objects.filter(reading__document__in=ids), known_at=None))
        return len(caught)

    assert (asked([document.pk]), asked([document.pk, world.resolution.pk])) == (1, 1)


def test_the_page_tells_it_and_offers_to_read_again(world: World, document: Document, old_reading: Reading) -> None:
    client = signed_in(world, "officer")
    address = f"/documents/{document.pk}/rereading/"
    once = client.get(address)
    assert (once.status_code, f"/documents/{document.pk}/again/" in once.content.decode()) == (200, True)
    read_document(document.pk, actor=world.actor)
    told = client.get(address)
    assert "Sở Công Thương đôn đốc tiến độ các cụm công nghiệp" in words(told)
    assert f"/documents/{document.pk}/again/" not in told.content.decode(), "the present reader has read it"
    assert client.get(f"{address}?newer=1&older=99999999").status_code == 200
    assert signed_in(world, "focal").get(address).status_code == 403


def test_pages_of_paper_are_noted_once(world: World, document: Document, old_reading: Reading) -> None:
    read_document(document.pk, actor=world.actor)
    assert DocumentPage.objects.filter(document=document).count() == 0, "words that were typed stand on no paper"
