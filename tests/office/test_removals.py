"""A wrong document is withdrawn and put back; a secret one is destroyed by two persons, and nothing of it is left."""

from __future__ import annotations

import json
import logging
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import ForeignKey
from django.utils.timezone import localdate
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.actions.agencies import NewAgency, add_agency, succeed_agency
from dondoc.office.actions.claims import bind_claim, settle_claim
from dondoc.office.actions.compilations import NewCompilation, add_section, begin_compilation, write_passage
from dondoc.office.actions.definitions import NewDefinition, lay_down_definition, name_states
from dondoc.office.actions.deliveries import deliver, open_delivery
from dondoc.office.actions.documents import correct_header, write_note
from dondoc.office.actions.duties import Answer as PersonAnswer
from dondoc.office.actions.duties import (
    Evidence,
    Move,
    Naming,
    NewProduct,
    answer_naming,
    move_duty,
    name_person,
    set_due,
)
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import Incoming, Place, SecretRefused, read_document, take_in
from dondoc.office.actions.issued import issue_report
from dondoc.office.actions.measures import NewMeasure, lay_down_measure
from dondoc.office.actions.parameters import NewValue, lay_down_parameter
from dondoc.office.actions.programmes import (
    end_list,
    lay_down_programme,
    put_on_programme,
    rename_list,
    take_off_programme,
)
from dondoc.office.actions.progress import NewPeriod, NewReport, open_period, return_progress, submit_progress
from dondoc.office.actions.readings import Acceptance, accept_proposal, refuse_proposal
from dondoc.office.actions.reminders import send_reminders
from dondoc.office.actions.removals import (
    RemovalRefused,
    ask_expunging,
    expunge,
    put_back,
    record_backup,
    take_back_expunging,
    withdraw_document,
)
from dondoc.office.actions.saved_views import save_view
from dondoc.office.actions.scales import NewScale, lay_down_scale
from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks, name_product
from dondoc.office.actions.urges import Answer, NewUrge, answer_urge, receive_urge, urge_duty
from dondoc.office.models import (
    Claim,
    DefinitionGroup,
    Document,
    Duty,
    Expunging,
    Issued,
    IssuedFile,
    LogEntry,
    Measure,
    OfficeParameter,
    Passage,
    Progress,
    ProgressStep,
    Proposal,
    SavedView,
    ScaleBand,
    Task,
)
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import definitions, documents, history, removals
from dondoc.office.queries.removals.reach import ALSO, NO_PART
from dondoc.office.reports.board import Scope
from dondoc.rules.deadlines import DueRule
from dondoc.rules.ladder import step_day
from dondoc.rules.scales import shipped
from office.asking import signed_in, words
from office.conftest import GROUPS, World
from office.searching import places

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 3)
SECRET = ("bông súng tím", "cá linh non", "điên điển vàng")
TEXT = """THÀNH ỦY CẦN THƠ
*
Số 4127-CV/TU

Cần Thơ, ngày 02 tháng 3 năm 2022

CÔNG VĂN
về nuôi trồng bông súng tím

Căn cứ Nghị quyết số 7-NQ/TU. Đến nay 25 dự án cá linh non đã hoàn thành.

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập danh mục ao bông súng tím, báo cáo trước ngày 30/6/2022.

2. Trung tâm Điên điển vàng chủ trì xây dựng kế hoạch thả cá linh non trên các tuyến sông.

3. Giao Sở Nội vụ chủ trì theo dõi bông súng tím.

KIẾN NGHỊ

Đề nghị Bộ Nông nghiệp xem xét cấp giống cá linh non cho thành phố.

TM. BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Nguyễn Bông Súng Tím
"""


def person(world: World, role: str) -> Actor:
    user = world.users[role]
    return Actor(Viewer(user.pk, world.office.pk, role), str(user))


def taken(world: World, text: str = TEXT, name: str = "cv bông súng tím.txt") -> Document:
    delivery = open_delivery(uuid4(), source="folder", name=f"Thư mục {name}", expected=1, actor=world.actor)
    deliver(Place(delivery, 1), Incoming(text.encode(), name, DAY), actor=world.actor)
    document = Document.objects.latest("pk")
    read_document(document.pk, actor=world.actor)
    return document


def full(world: World, document: Document) -> Task:
    """Make everything of a document that the program can make of one, with its words in all of it."""
    given = {"workflow": world.workflow, "on": DAY, "actor": world.actor}
    correct_header(document, short_title="Công văn điên điển vàng", actor=world.actor)
    proposals = list(Proposal.objects.filter(reading__document=document).order_by("order"))
    tasks = [
        accept_proposal(
            Acceptance(
                p.pk, TEXT[p.start : p.end], tuple(p.leads), tuple(p.coordinators), None, "cá linh non", changed=False
            ),
            **given,
        )
        for p in proposals[:2]
    ]
    refuse_proposal(proposals[2].pk, reason="Trùng với việc điên điển vàng", actor=world.actor)
    claim = Claim.objects.get(document=document)
    bind_claim(claim.pk, figure="tasks.total", arguments={"programme": world.programme.key}, actor=world.actor)
    settle_claim(claim.pk, None, kind="claim_right", reason="Vì cá linh non", actor=world.actor)
    note = write_note(document.pk, text="Khẩn trương thả cá linh non", on=DAY, actor=person(world, "officer"))
    new = NewTask("Theo bút phê: điên điển vàng", (NewDuty(world.finance),), world.workflow, origin="note", note=note)
    [noted] = add_tasks([new], on=DAY, actor=world.actor)
    name_product(noted.pk, "Kế hoạch cá linh non", on=DAY, actor=world.actor)
    programme = lay_down_programme(
        key="ca-linh-non",
        title="Danh mục cá linh non",
        item_noun="ao bông súng tím",
        resolution=document,
        workflow=world.workflow,
        order=9,
        on=DAY,
        actor=world.actor,
    )
    put_on_programme(programme, [(tasks[0], "1")], on=DAY, actor=world.actor)
    [place] = put_on_programme(world.programme, [(tasks[0], "")], on=DAY, actor=world.actor)
    take_off_programme([place.pk], on=None, reason="Thuộc danh mục cá linh non", actor=world.actor)
    rename_list(programme.pk, title="Danh mục cá linh non, bông súng tím", on=None, actor=world.actor)
    mistake = {"key": "nham", "title": "Nhầm", "item_noun": "việc", "workflow": world.workflow, "order": 10}
    wrong = lay_down_programme(**mistake, resolution=document, on=DAY, actor=world.actor)
    end_list(wrong.pk, on=None, reason="Trùng danh mục cá linh non", actor=world.actor)
    duty = Duty.objects.filter(task=tasks[0], role="lead").get()
    move_duty(Move(duty.pk, "in_progress", DAY, note="Đã thả cá linh non"), actor=world.actor)
    letter = NewUrge("nhac-nho", "cong-van", "Đề nghị sớm báo cáo bông súng tím")
    urge = urge_duty(duty.pk, letter, on=localdate(), actor=world.actor)
    naming = Naming(duty.pk, name="Trần Thị An", note="Biết nuôi cá linh non")
    named = name_person(naming, on=DAY, actor=world.actor)
    no = PersonAnswer(duty.pk, named.pk, "sent_back", "Không biết bông súng tím")
    answer_naming(no, on=DAY, actor=world.actor)
    pond = NewProduct("9/BC-CL bông súng tím", DAY, "Báo cáo cá linh non")
    move_duty(Move(duty.pk, "reported", DAY, product=pond), actor=world.actor)
    receive_urge(urge.pk, received_on=localdate(), received_by="Bông Súng Tím", actor=world.actor)
    answer_urge(urge.pk, Answer("Đang thả cá linh non", localdate()), actor=world.actor)
    second = Duty.objects.filter(task=tasks[1], role="lead").get()
    rule = DueRule("day", step_day(localdate(), 1))
    set_due(second, rule, words="", on=second.assigned_on, actor=world.actor)
    assert send_reminders(on=localdate(), actor=world.actor)
    issue_report("progress", Scope("programme", "ca-linh-non"), as_of=DAY, on=DAY, actor=person(world, "officer"))
    reported(world, duty)
    compiled(world)
    # Elsewhere: a note and a move of other work that quote it, and a change that it proves.
    other = Duty.objects.filter(task=world.tasks[0]).get()
    quoting = "Theo công văn: lập danh mục ao bông súng tím, báo cáo trước ngày 30/6/2022"
    move_duty(Move(other.pk, "in_progress", DAY, note=quoting), actor=world.actor)
    name_product(other.task_id, quoting, on=DAY, actor=world.actor)
    move_duty(
        Move(other.pk, "done", DAY, note="Theo điên điển vàng", evidence=Evidence(document.pk)), actor=world.actor
    )
    laid_down_by(world, "4127-CV/TU", quoting)
    # Lists that somebody keeps: by its list, by its words, by its number in the name, and by nothing of it.
    for name, query in (
        ("Ao", "programme=ca-linh-non"),
        ("Tìm", urlencode({"q": "lập danh mục ao bông súng tím"})),
        ("Theo 4127-CV/TU", "bucket=late"),
        ("Quá hạn", "bucket=late"),
    ):
        save_view(name=name, query=query, is_shared=True, actor=person(world, "officer"))
    return tasks[0]


def laid_down_by(world: World, number: str, quoting: str) -> None:
    """Lay down one of each rule of the office, with a document as its ground that is named or quoted in words."""
    given, about = {"on": DAY, "actor": world.actor}, {"on": DAY, "basis_words": number}
    name_states(world.workflow.pk, {"dropped": "đã rút"}, basis_words=quoting, **given)
    gone = add_agency(NewAgency("Ban Thử", "board", "province"), **given)
    succeed_agency(gone, None, kind="dissolved", basis=None, basis_words=number, **given)
    lay_down_parameter(NewValue("due_soon_days", "9", DAY, f"Theo {number}"), actor=world.actor)
    done, due = frozenset({"done"}), frozenset({"done", "late"})
    lay_down_measure(NewMeasure("done-of-due", "Tỷ lệ riêng", "Câu.", done, due, **about), actor=world.actor)
    sample = shipped()[0]
    new = NewScale("xep-hang", "Thang riêng", "Câu.", sample.criteria, sample.grades, **about)
    lay_down_scale(new, actor=world.actor)
    counted = {"workflow_id": world.workflow.pk, "programme_id": None, "name": "Cách tính riêng", "sentence": "Câu."}
    lay_down_definition(NewDefinition(**counted, groups=GROUPS, **about), actor=world.actor)


def rules_of(world: World) -> tuple[object, ...]:
    """What these rules say, without their grounds."""
    bands = ScaleBand.objects.filter(scale__office=world.office).order_by("pk")
    return (
        definitions.states_on(world.workflow.pk, on=DAY)["dropped"].label,
        *OfficeParameter.objects.filter(office=world.office).values_list("value", flat=True),
        *Measure.objects.filter(office=world.office).values_list("name", "counts", "out_of"),
        *bands.values_list("scale__name", "from_value", "below", "points", "label"),
        *DefinitionGroup.objects.filter(definition__workflow=world.workflow).order_by("pk").values_list("label"),
    )


def reported(world: World, duty: Duty) -> None:
    """Report on a duty and on other work in one period, and give the report back; all of it quotes the document."""
    days = (DAY, date(2022, 3, 4), date(2022, 3, 10), date(2022, 3, 20))
    period = open_period(NewPeriod("free", "Kỳ thử", *days), on=DAY, actor=world.actor)
    rows = Progress.objects.filter(period=period)
    mine, other = rows.get(duty=duty).pk, rows.get(duty__task=world.tasks[1]).pk
    quoting = NewReport(mine, "Đã thả cá linh non", 40, "Thiếu bông súng tím", "Trồng điên điển vàng")
    focal = Actor(world.viewer("focal", world.finance), "Đầu mối")
    submit_progress([quoting, NewReport(other, "Đã họp")], on=DAY, actor=focal)
    return_progress(mine, reason="Nêu rõ số ao bông súng tím", on=DAY, actor=world.actor)


def compiled(world: World) -> None:
    """Begin a report on its list, take over what was reported, and write of it by hand, also in another report."""
    officer = person(world, "officer")
    row = begin_compilation(NewCompilation("annex", Scope("programme", "ca-linh-non"), DAY), on=DAY, actor=officer)
    add_section(row.pk, "Về bông súng tím", actor=officer)
    step = ProgressStep.objects.get(result="Đã thả cá linh non")
    scope = Scope("programme", world.programme.key)
    other = begin_compilation(NewCompilation("progress", scope, DAY, step.progress.period_id), on=DAY, actor=officer)
    words = "Theo công văn: lập danh mục ao bông súng tím, báo cáo trước ngày 30/6/2022"
    write_passage(other.pk, "causes", words, actor=officer)
    write_passage(other.pk, "proposals", "Có {tasks.total programme=ca-linh-non} việc", actor=officer)
    with writing(officer) as w:  # as taken over before the report was given back, and edited since
        said = {"compilation": other, "section": "results", "order": 10, "source": step}
        first = w.new(Passage, text="Đã thả cá linh non", **said)
        w.record("take_over_progress", [first])
    write_passage(other.pk, "results", "Đã thả một ít cá linh non.", actor=officer, replaces=first.pk)


def expunged(world: World, document: Document) -> Expunging:
    ask_expunging(document.pk, actor=person(world, "officer"))
    return expunge(document.pk, typed="4127-CV/TU", actor=person(world, "administrator"))


def whole(world: World) -> None:
    checked = history.verify_chain(world.office, end=None)
    assert checked.faults == ()
    assert list(history.audit(world.office)) == []


def test_nothing_of_an_expunged_document_is_left_anywhere(
    worlds: tuple[World, World], caplog: pytest.LogCaptureFixture
) -> None:
    world, other = worlds
    caplog.set_level(logging.DEBUG)
    document = taken(world)
    full(world, document)
    kept = taken(
        other,
        TEXT.replace("4127", "5238")
        .replace("tím", "trắng")
        .replace("Tím", "Trắng")
        .replace("cá linh non", "tép bạc")
        .replace("vàng", "đỏ"),
        "x.txt",
    )
    before = places(*SECRET)
    everywhere = {
        *("office_original.content", "office_original.filename", "office_document.text", "office_task.title"),
        *("office_documentheader.subject", "office_documentheader.short_title", "office_documentheader.signer"),
        *("office_documentwords.folded", "office_reading.findings", "office_proposal.leads", "office_review.reason"),
        *("office_claim.scope", "office_claimsettlement.reason", "office_note.text", "office_programme.title"),
        *("office_programmename.title", "office_programmeend.reason"),
        *("office_programmetask.reason", "office_workflowstate.basis_words"),
        *(
            "office_task.folded",
            "office_task.sort_key",
            "office_dutydue.words",
            "office_change.note",
            "office_urge.text",
            "office_notice.title",
            *("office_urgereceipt.received_by", "office_urgeanswer.text", "office_reminder.text"),
        ),
        *("office_issued.title", "office_issued.content", "office_issued.text", "office_deliveredfile.filename"),
        *("office_passage.text", "office_compilation.title", "office_compilationsection.heading"),
        *("office_delivery.name", "office_agencyname.name", "office_logentry.detail", "office_clause.heading"),
    }
    assert everywhere - {"office_clause.heading", "office_dutydue.words"} <= before
    rules = rules_of(world)
    untouched = Document.objects.filter(pk=kept.pk).values_list("text", flat=True).get()

    done = expunged(world, document)

    assert places(*SECRET) == set()
    assert places("4127-CV/TU") == set(), "not even its number"
    assert places("ca-linh-non") == set(), "nor the key of its list"
    assert not any("bông súng" in record.getMessage() for record in caplog.records)
    assert (done.sha256, Document.objects.filter(pk=document.pk).exists()) == (
        documents.file_of(document.pk).sha256,
        True,
    )
    assert Document.objects.filter(pk=kept.pk).values_list("text", flat=True).get() == untouched
    assert rules_of(world) == rules, "what the office lays down loses its ground and nothing else"
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Quá hạn"]
    printed = [Issued.objects.get().content, *IssuedFile.objects.values_list("content", flat=True)]
    assert [bytes(content) for content in printed] == [b""] * 5
    whole(world)
    whole(other)


def test_the_log_says_where_it_was_expunged_and_by_whom(world: World) -> None:
    document = taken(world)
    full(world, document)
    last = history.head(world.office.pk)
    expunged(world, document)
    checked = history.verify_chain(world.office, end=None)
    assert last is not None
    assert checked.end.seq == last.seq + 2
    assert checked.expunged == LogEntry.objects.filter(office=world.office, detail=None).count() > 5
    lines = [json.loads(line) for line in history.lines(world.office)]
    assert [line["action"] for line in lines[-2:]] == ["ask_expunging", "expunge"]
    assert [line["actor"] for line in lines[-2:]] == [str(world.users[r]) for r in ("officer", "administrator")]
    assert json.loads(lines[-1]["detail"])["rows"][0]["sha256"] == documents.file_of(document.pk).sha256
    # Entries about other things keep what they say.
    said = [line for line in lines if line["action"] == "grant_role"]
    assert said
    assert all(line["detail"] for line in said)


def test_what_is_of_other_documents_is_left_as_it_was(world: World) -> None:
    document = taken(world)
    before = {t.pk: t.title for t in world.tasks}
    task = full(world, document)
    expunged(world, document)
    assert {t.pk: t.title for t in Task.objects.filter(pk__in=before)} == before
    task.refresh_from_db()
    assert task.title == f"Nhiệm vụ {task.pk} của một văn bản đã tiêu hủy"
    assert world.programme.title == type(world.programme).objects.get(pk=world.programme.pk).title
    head = documents.header_row(world.resolution.pk)
    assert (head.number, head.subject) != ("", "")
    said = ProgressStep.objects.order_by("progress", "number").values_list("result", "difficulties", "reason")
    assert sorted(said) == [("Đã họp", "", ""), ("–", "", "–"), ("–", "", "–")]


def test_two_persons_and_the_right_number_are_needed(world: World) -> None:
    document = taken(world)
    officer, administrator, leader = (person(world, role) for role in ("officer", "administrator", "leader"))
    with pytest.raises(Refused):
        ask_expunging(document.pk, actor=leader)
    with pytest.raises(RemovalRefused):
        expunge(document.pk, typed="4127-CV/TU", actor=administrator)
    ask_expunging(document.pk, actor=officer)
    for typed, actor in (("4127-CV/TU", officer), ("4127", administrator), ("", administrator)):
        with pytest.raises(RemovalRefused):
            expunge(document.pk, typed=typed, actor=actor)
    with pytest.raises(Refused):
        expunge(document.pk, typed="4127-CV/TU", actor=leader)
    assert Document.objects.get(pk=document.pk).text == TEXT
    take_back_expunging(document.pk, actor=officer)
    with pytest.raises(RemovalRefused):
        expunge(document.pk, typed="4127-CV/TU", actor=administrator)
    ask_expunging(document.pk, actor=administrator)
    expunge(document.pk, typed=" 4127-CV/TU ", actor=officer)
    for again in (ask_expunging, take_back_expunging):
        with pytest.raises(RemovalRefused):
            again(document.pk, actor=officer)
    with pytest.raises(RemovalRefused):
        put_back(document.pk, reason="", actor=officer)


def test_a_document_of_another_office_is_not_removed(worlds: tuple[World, World]) -> None:
    document = taken(worlds[0])
    stranger = person(worlds[1], "officer")
    for act in (
        lambda: ask_expunging(document.pk, actor=stranger),
        lambda: withdraw_document(document.pk, reason="Nhầm", successor_id=None, actor=stranger),
        lambda: expunge(document.pk, typed="4127-CV/TU", actor=stranger),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(documents.NoSuchDocument):
        removals.removal(document.pk, viewer=worlds[1].viewer(), known_at=None)
    with pytest.raises(documents.NoSuchDocument):
        removals.removal(document.pk, viewer=worlds[0].viewer("focal", worlds[0].finance), known_at=None)


def test_backups_that_hold_it_are_named(world: World) -> None:
    record_backup("truoc.zip", actor=world.actor)
    document = taken(world)
    record_backup("sau.zip", actor=world.actor)
    assert [one["name"] for one in removals.consequences(document.pk, viewer=world.viewer()).backups] == ["sau.zip"]
    done = expunged(world, document)
    assert [one["name"] for one in done.backups] == ["sau.zip"]


def test_the_same_secret_file_is_refused_when_it_comes_again(world: World) -> None:
    document = taken(world)
    expunged(world, document)
    with pytest.raises(SecretRefused):
        take_in(Incoming(TEXT.encode(), "lai.txt", DAY), actor=world.actor)
    assert places(*SECRET) == set()


def test_nothing_waits_to_read_it(world: World) -> None:
    document = taken(world)
    expunged(world, document)
    assert not ProcrastinateJob.objects.filter(args={"document_id": document.pk}).exists()


def test_the_door_is_shut_again_behind_it(world: World) -> None:
    document = taken(world)
    expunged(world, document)
    with connection.cursor() as cursor:
        cursor.execute("set local dondoc.expunge = ''")
        with pytest.raises(IntegrityError, match="chỉ được ghi thêm"):
            cursor.execute("update office_document set text = 'x'")


def test_a_withdrawn_document_leaves_the_lists_from_that_instant_on_and_comes_back(world: World) -> None:
    viewer = world.viewer()
    wrong, right = taken(world), world.resolution

    def seen(at: object = None) -> list[int]:
        rows = documents.visible(viewer=viewer, as_of=DAY, known_at=at)
        return sorted(rows.values_list("pk", flat=True))

    withdraw_document(wrong.pk, reason="Nhầm tệp", successor_id=right.pk, actor=person(world, "officer"))
    last = history.head(world.office.pk)
    assert last is not None
    before = LogEntry.objects.filter(office=world.office).order_by("-seq")[1].recorded_at
    assert (seen(), seen(before)) == ([right.pk], sorted([wrong.pk, right.pk]))
    told = removals.removal(wrong.pk, viewer=viewer, known_at=None).gone
    assert told is not None
    assert (told.by, told.reason, told.successor_id) == (str(world.users["officer"]), "Nhầm tệp", right.pk)
    assert documents.numbered("4127-CV/TU", office_id=world.office.pk, before=DAY) is None
    with pytest.raises(documents.DocumentRemoved):
        documents.document(wrong.pk, viewer=viewer, as_of=DAY, known_at=None)
    deciding = signed_in(world, "officer")
    for proposal in Proposal.objects.filter(reading__document=wrong.pk):
        answer = deciding.post(f"/proposals/{proposal.pk}/accept/")
        assert "văn bản này đã được rút" in words(answer).lower(), "asked for by hand, it is refused as well"
    again = take_in(Incoming(TEXT.encode(), "lai.txt", DAY), actor=world.actor)
    assert (again.document_id, again.was_here) == (wrong.pk, True), "the same bytes are offered to be put back"
    put_back(wrong.pk, reason="Đúng tệp rồi", actor=person(world, "officer"))
    assert seen() == sorted([wrong.pk, right.pk])
    assert seen(last.recorded_at) == [right.pk]
    whole(world)


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_withdrawal_has_a_reason_and_another_successor(world: World, reason: str) -> None:
    document = taken(world)
    with pytest.raises(RemovalRefused):
        withdraw_document(document.pk, reason=reason, successor_id=None, actor=world.actor)
    with pytest.raises(RemovalRefused):
        withdraw_document(document.pk, reason="Nhầm", successor_id=document.pk, actor=world.actor)
    with pytest.raises(RemovalRefused):
        put_back(document.pk, reason="", actor=world.actor)


def test_the_pages_lead_from_one_step_to_the_next(world: World) -> None:
    document = taken(world)
    address = f"/documents/{document.pk}/"
    officer, second, leader = (signed_in(world, role) for role in ("officer", "administrator", "leader"))
    assert officer.get(f"{address}removal/").status_code == 200
    assert 'name="reason"' not in leader.get(f"{address}removal/").content.decode()
    assert signed_in(world, "focal").get(f"{address}removal/").status_code == 403
    sent = {"reason": "Nhầm tệp", "successor": str(world.resolution.pk)}
    assert officer.post(f"{address}withdraw/", {**sent, "reason": ""}).status_code == 422
    assert officer.post(f"{address}withdraw/", sent).status_code == 302
    for page in (address, f"{address}reading/", f"{address}rereading/", f"{address}correct/"):
        assert officer.get(page).headers["Location"] == f"{address}removal/", page
    told = words(officer.get(f"{address}removal/"))
    assert "Nhầm tệp" in told
    assert "7-NQ/TU" in told
    assert officer.post(f"{address}ask-expunging/").status_code == 302
    assert "id_typed" not in officer.get(f"{address}removal/").content.decode()
    assert "id_typed" in second.get(f"{address}removal/").content.decode()
    assert officer.post(f"{address}expunge/", {"typed": "4127-CV/TU"}).status_code == 422
    assert second.post(f"{address}expunge/", {"typed": "4127"}).status_code == 422
    assert second.post(f"{address}expunge/", {"typed": "4127-CV/TU"}).status_code == 302
    told = words(second.get(f"{address}removal/"))
    assert "bông súng" not in told
    assert all(str(world.users[role]) in told for role in ("officer", "administrator"))
    assert second.get(f"/originals/{document.original_id}/").status_code == 403


def test_a_printed_report_that_quoted_it_says_what_became_of_it(world: World) -> None:
    document = taken(world)
    full(world, document)
    expunged(world, document)
    client = signed_in(world, "officer")
    assert client.get(f"/issued/{Issued.objects.get().pk}/").status_code == 403
    assert "đã tiêu hủy cùng một văn bản mật" in words(client.get("/report/"))
    for page in ("/", "/documents/", "/tasks/", "/history/", f"/documents/{world.resolution.pk}/"):
        answer = client.get(page)
        assert (answer.status_code, "bông súng" in answer.content.decode()) == (200, False), page


def test_every_column_that_points_somewhere_was_thought_of() -> None:
    records = [model for model in apps.get_app_config("office").get_models() if issubclass(model, Recorded)]
    known = {
        (model._meta.model_name, field.name)
        for model in records
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
    }
    assert {pair for pair in NO_PART if pair not in known} == set(), "an exception that is not needed any more"
    assert {pair for pair in ALSO if pair not in known} == set()
