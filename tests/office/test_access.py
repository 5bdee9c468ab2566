"""Who may open which page and do what: the whole table for every role, and nothing for a stranger."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dondoc.office.access import Actor, Viewer
from dondoc.office.actions.clauses import make_concrete, release_clause, tie_task
from dondoc.office.actions.compilations import NewCompilation, begin_compilation, write_passage
from dondoc.office.actions.deliveries import open_delivery
from dondoc.office.actions.documents import write_note
from dondoc.office.actions.duties import Evidence, Move, Naming, move_duty, name_person, set_due
from dondoc.office.actions.extensions import Request, ask_extension
from dondoc.office.actions.frames import NewFrame, bring_frame
from dondoc.office.actions.indicators import NewIndicator, NewTarget, add_indicator
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.issued import issue_report
from dondoc.office.actions.notices import make_feed
from dondoc.office.actions.obstacles import NewObstacle, name_obstacle
from dondoc.office.actions.people import NewDeputy, hold_post, lay_down_deputy
from dondoc.office.actions.progress import NewPeriod, NewReport, open_period, submit_progress
from dondoc.office.actions.saved_views import save_view
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.actions.urges import Answer, NewUrge, answer_urge, urge_duty
from dondoc.office.models import (
    CalendarFeed,
    Clause,
    Document,
    Mail,
    Note,
    Notice,
    Period,
    ProgrammeTask,
    Progress,
    ProgressStep,
    Proposal,
)
from dondoc.office.queries import claims
from dondoc.office.reports.board import Scope
from dondoc.rules.deadlines import DueRule
from office.asking import ROLES, addresses, signed_in
from office.conftest import START, STATES, World
from office.reports.frames import office_file as frame_file

pytestmark = pytest.mark.django_db

PAPER = """THÀNH ỦY CẦN THƠ
*
Số 31-BC/TU

Cần Thơ, ngày 03 tháng 3 năm 2022

BÁO CÁO
kết quả thực hiện

Đến nay, 2/3 nhiệm vụ đã hoàn thành.

1. Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập danh mục, báo cáo trước ngày 30/6/2022.

2. Giao Sở Xây dựng chủ trì rà soát quy hoạch, hoàn thành trước ngày 30/9/2022.

3. Giao Sở Xây dựng chủ trì kiểm tra tiến độ, hoàn thành trước ngày 30/10/2022.
"""


def furnished(world: World) -> dict[str, int]:
    """Give an office one record of each noun that a page shows, and their keys by the names in the addresses."""
    taken = take_in(Incoming(PAPER.encode(), "bao-cao.txt", date(2022, 3, 4)), actor=world.actor)
    read_document(taken.document_id, actor=world.actor)
    duty = world.tasks[0].duties.get()
    evidence = Evidence(content=b"bien ban so 1", filename="bien-ban.txt")
    change = move_duty(Move(duty.pk, "in_progress", date(2022, 2, 1), evidence=evidence), actor=world.actor)
    issued = issue_report(
        "progress", Scope("programme", world.programme.key), as_of=START, on=date(2022, 3, 4), actor=world.actor
    )
    recurs = NewTask("Việc định kỳ", (NewDuty(world.finance),), world.workflow)
    new = add_task(recurs, on=START, actor=world.actor).duties.get()
    for rule in (DueRule("recurring", date(2022, 3, 1), "year"), DueRule("event")):
        set_due(new, rule, words="", on=date(2022, 3, 1), actor=world.actor)
    officer = Actor(world.viewer(), "Người viết")
    leader = Actor(type(officer.viewer)(world.users["leader"].pk, world.office.pk, "leader"), "Lãnh đạo")
    note = write_note(taken.document_id, text="Giao Sở Tài chính làm.", on=date(2022, 3, 5), actor=leader)
    claim = claims.of_document(taken.document_id, viewer=world.viewer(), known_at=None)[0]
    # Of another agency than the focal point's, which sees no document by it.
    others = add_task(NewTask("Việc", (NewDuty(world.building),), world.workflow), on=START, actor=world.actor)
    first, second = (row.pk for row in Clause.objects.filter(document=taken.document_id).order_by("order")[:2])
    link = make_concrete(first, document_id=world.resolution.pk, on=date(2022, 3, 5), actor=world.actor)
    year = NewTarget(date(2022, 1, 1), date(2022, 12, 31), Decimal(3))
    aim = add_indicator(first, NewIndicator("Số danh mục", "higher"), [year], on=date(2022, 3, 5), actor=world.actor)
    set_due(duty, DueRule("day", date(2030, 6, 30)), words="", on=date(2022, 3, 1), actor=world.actor)
    owed = world.tasks[1].duties.get()
    set_due(owed, DueRule("day", date(2030, 6, 30)), words="", on=date(2022, 3, 1), actor=world.actor)
    asked = ask_extension(Request(owed.pk, date(2030, 9, 30), "chờ"), on=date(2022, 3, 2), actor=world.actor)
    third = world.tasks[2].duties.get()
    urged = urge_duty(third.pk, NewUrge("nhac-nho", "cong-van", "Làm ngay"), on=date(2022, 3, 6), actor=world.actor)
    answer = answer_urge(urged.pk, Answer("chờ", date(2022, 3, 7), b"cong van", "tra-loi.txt"), actor=world.actor)
    name_person(Naming(duty.pk, name="Trần Thị An"), on=date(2022, 3, 1), actor=world.actor)
    obstacle = NewObstacle(owed.pk, "opinion", "chưa có ý kiến", "Bộ Tài chính", date(2022, 3, 1))
    period = open_period(
        NewPeriod("free", "Kỳ thử", START, date(2022, 3, 1), date(2030, 6, 30), date(2030, 12, 31)),
        on=date(2022, 3, 5),
        actor=world.actor,
    )
    reports = Progress.objects.filter(period=period).order_by("duty_id")
    said = NewReport(reports[1].pk, "Đã lập danh mục")
    focal = Actor(world.viewer("focal", world.finance), "Đầu mối")
    submit_progress([said], on=date(2022, 3, 6), actor=focal)
    keeper = Actor(Viewer(world.users["officer"].pk, world.office.pk, "officer"), "Người lập")
    return {
        "view_id": save_view(name="Quá hạn", query="bucket=late", is_shared=True, actor=keeper).pk,
        "period_id": period.pk,
        "progress_id": reports[0].pk,
        "given_progress_id": said.progress_id,
        "urge_id": urged.pk,
        "answer_id": answer.pk,
        "extension_id": asked.pk,
        "obstacle_id": name_obstacle(obstacle, on=date(2022, 3, 2), actor=world.actor).pk,
        "document_id": taken.document_id,
        "workflow_id": world.workflow.pk,
        "frame_id": bring_frame(NewFrame("Khung", frame_file(), START), actor=world.actor).pk,
        "clause_id": first,
        "bare_clause_id": second,
        "release_id": release_clause(first, reason="x", on=date(2022, 3, 5), actor=world.actor).pk,
        "list_id": world.programme.pk,
        "place_id": ProgrammeTask.objects.filter(programme=world.programme).latest("pk").pk,
        "tie_id": tie_task(first, task_id=others.pk, actor=world.actor).pk,
        "link_id": link.pk,
        "indicator_id": aim.pk,
        "target_id": aim.targets.get().pk,
        "original_id": change.original_id or 0,
        "proposal_id": Proposal.objects.filter(reading__document_id=taken.document_id).order_by("order")[0].pk,
        "claim_id": claim.id,
        "task_id": world.tasks[0].pk,
        "duty_id": duty.pk,
        "change_id": change.pk,
        "new_duty_id": new.pk,
        "agency_id": world.finance.pk,
        "issued_id": issued.pk,
        "note_id": note.pk,
        "compilation_id": compiled(world, period),
        "step_id": ProgressStep.objects.get(progress__period=period).pk,
        **told(world),
        "delivery_id": open_delivery(uuid4(), source="page", expected=1, actor=officer),
    }


def compiled(world: World, period: Period) -> int:
    """Begin a report on the list, with a passage written by hand."""
    new = NewCompilation("progress", Scope("programme", world.programme.key), START, period.pk)
    row = begin_compilation(new, on=date(2022, 3, 4), actor=world.actor)
    return write_passage(row.pk, "causes", "Thiếu vốn.", actor=world.actor).compilation_id


def told(world: World) -> dict[str, int]:
    """Let somebody hold a post, somebody stand in, and tell them of it by a notice, a mail and a calendar."""
    holding = hold_post(
        name="Trần Thử", title="Chuyên viên", agency=world.finance, on=date(2022, 3, 1), actor=world.actor
    )
    leader, officer = world.users["leader"].pk, world.users["officer"].pk
    new = NewDeputy(leader, officer, timezone.localdate(), timezone.localdate())
    deputy = lay_down_deputy(new, actor=world.actor)
    make_feed(agency_id=None, viewer=Viewer(officer, world.office.pk, "officer"), now=timezone.now())
    mail = Mail.objects.create(office=world.office, user_id=officer, outcome="failed", made_at=timezone.now())
    return {
        "holding_id": holding.pk,
        "deputy_id": deputy.pk,
        "notice_id": Notice.objects.filter(user=officer, office=world.office).latest("pk").pk,
        "told_id": Notice.objects.filter(user=leader, office=world.office).latest("pk").pk,
        "feed_id": CalendarFeed.objects.get(office=world.office).pk,
        "mail_id": mail.pk,
    }


NAMED = {
    "picture": "states",
    "drawn_as": "svg",
    "key": "duties.owed",
    "measure": "done-of-due",
    "scale": "xep-hang",
    "number": 1,
    "secret": "x",
    "parameter": "due_soon_days",
    "form": "csv",
    "deed": "move",
} | {"paper": "docx"}


def filled(address: str, keys: dict[str, int]) -> str:
    """Put keys into an address."""
    return re.sub(
        r"<(?:\w+:)?(\w+)>",
        lambda found: str({**NAMED, **keys}[found[1]]),
        address,
    )


OPEN_TO_ANYBODY = {"account_login", "account_logout", "set_language"}
ALL = frozenset(ROLES)
OFFICERS = frozenset({"administrator", "officer"})
WHOLE = ALL - {"focal"}  # those who see the whole office

# What each role gets by GET; a new page must be entered here. A focal point speaks for Sở Tài chính, the lead.
MAY_OPEN = {
    "account_change_password": ALL,
    "board": ALL,
    "my_day": ALL,
    "working_days": ALL,
    "parameters": ALL,
    "parameter": frozenset({"administrator"}),
    "definitions": ALL,
    "definition": OFFICERS,
    "measure": OFFICERS,
    "measure_add": OFFICERS,
    "scoreboard": ALL,  # a focal point sees its own agency's line, without a place
    "scoreboard_sheet": ALL,
    "scale": OFFICERS,
    "scale_add": OFFICERS,
    "scale_of": OFFICERS,
    "scale_end": OFFICERS,
    "state_names": OFFICERS,
    "frames": WHOLE,
    "frame_add": OFFICERS,
    "frame_begin": OFFICERS,
    "frame": WHOLE,
    "frame_sample": WHOLE,
    "duty_event": OFFICERS,
    "duty_recur_end": frozenset(),  # the duty does not recur
    "documents": ALL,
    "document_add": OFFICERS,
    "deliveries": WHOLE,
    "delivery": WHOLE,
    "delivery_progress": WHOLE,
    "document": WHOLE,  # no task of the focal point's agency came from it yet
    "document_text": WHOLE,
    "reading": WHOLE,
    "clauses": WHOLE,
    "clause": WHOLE,
    "clause_urge": OFFICERS,
    "duty_urge": OFFICERS | {"leader"},
    "urges": ALL,
    "urges_today": WHOLE,
    "ladder": WHOLE,
    "urge": ALL,
    "urge_letter": WHOLE,
    "urge_answer_file": ALL,
    "extension_ask": OFFICERS | {"focal"},
    "extensions": ALL,
    "extension_decide": OFFICERS | {"leader"},
    "compare": ALL,
    "pictures": ALL,
    "picture_file": ALL,
    "compare_sheet": ALL,
    "obstacles": ALL,
    "progress": ALL,
    "period": ALL,
    "period_open": OFFICERS,
    "period_sheet": ALL,
    "progress_write": ALL,  # a focal point opens its own agency's only
    "progress_report": ALL,
    "obstacle_name": OFFICERS | {"focal"},
    "obstacle_end": OFFICERS | {"focal"},
    "agency_reform": WHOLE,  # to record it is the administrator's
    "document_removal": WHOLE,
    "document_correct": OFFICERS,
    "document_list": OFFICERS,
    "document_list_name": OFFICERS,
    "document_list_end": OFFICERS,
    "task_off_list": OFFICERS,
    "task_product": OFFICERS,
    "rereading": WHOLE,
    "claims": ALL,
    "original": ALL,  # it proves something of the focal point's own duty
    "proposal": WHOLE,
    "proposal_change": OFFICERS,
    "proposal_refuse": OFFICERS,
    "proposal_split": OFFICERS,
    "proposal_withdraw": OFFICERS,
    "reading_news": WHOLE,
    "reading_merge": frozenset(),  # nothing is ticked
    "document_picture": frozenset(),  # a text has no pictures
    "tasks": ALL,
    "task_add": OFFICERS,
    "tasks_sheet": ALL,
    "tasks_bulk": frozenset(),  # nothing is ticked
    "view": WHOLE | {"focal"},  # shared with the office
    "task": ALL,
    "duty": ALL,
    "duty_person": OFFICERS | {"focal"},
    "duty_send_back": OFFICERS | {"focal"},
    "duty_hand_over": OFFICERS,
    "duty_due": OFFICERS,
    "duty_step_correct": OFFICERS,
    "duty_step_withdraw": OFFICERS,
    "duty_add": OFFICERS,
    "figure_rows": ALL,
    "figure_sheet": ALL,
    "agencies": ALL,
    "agency": ALL,
    "agency_rename": OFFICERS,
    "report": ALL,
    "report_form": ALL,
    "compilations": ALL,  # a focal point sees an empty list
    "compilation_begin": OFFICERS | {"leader"},
    "compilation": WHOLE,
    "issued_all": WHOLE,
    "issued": WHOLE,
    "issued_file": WHOLE,
    "issued_again": WHOLE,
    "history": ALL,
    "agency_posts": ALL,
    "holding_end": OFFICERS,
    "holding_account": frozenset({"administrator"}),
    "deputies": ALL,
    "deputy_notice": frozenset({"officer"}),  # who stands in for the leader
    "notices": ALL,
    "notices_unread": ALL,
    "notice": frozenset({"officer"}),  # whom it was told
    "notice_preferences": ALL,
    "mails": frozenset({"administrator"}),
    "listing": ALL,
    "rows": ALL,
    "single": ALL,
    "openapi-json": ALL,
}
ONLY_BY_POST = {
    *("compilation_passage", "compilation_take", "compilation_passage_move", "compilation_section"),
    *("compilation_section_add", "compilation_section_move"),
    *("duty_acknowledge", "task_rounds", "duty_take_on"),
    *("document_note", "document_head", "reading_accept", "proposal_accept", "claim_bind", "report_issue"),
    *("office_switch", "claim_settle"),
    *("tasks_move", "view_save", "view_change"),
    *("link_add", "link_change", "link_end", "extension_take_back"),
    *("document_withdraw", "document_put_back", "document_ask_expunging", "document_take_back_expunging"),
    "document_expunge",
    *("urge_receive", "urge_answer"),
    *("delivery_begin", "delivery_files", "document_again"),
    *("clause_concrete", "clause_task", "clause_indicator", "clause_link_end", "indicator_target", "target"),
    *("deputy_end", "acting", "notices_read", "feed_add", "feed_revoke", "mail_again"),
    *("clause_release", "clause_release_end", "clause_tie_end", "frame_end"),
    *("period_complete", "progress_accept", "progress_return", "progress_nothing", "progress_nothing_all"),
}
NO_PAGE = {"api-root", "calendar_feed"}  # the feed answers to whoever knows its secret, and to nobody else


def test_a_stranger_is_sent_to_sign_in_from_every_address(world: World) -> None:
    keys = furnished(world)
    asked = Client(raise_request_exception=False)
    found = {}
    for name, address in addresses():
        page = filled(address, keys)
        for answer in (asked.get(page), asked.post(page)):
            kind = "sent to sign in" if answer.headers.get("Location", "").startswith("/login/?next=") else "answered"
            found.setdefault(name, set()).add("refused" if answer.status_code in {401, 404, 405} else kind)
    answered = {name for name, kinds in found.items() if "answered" in kinds}
    assert answered == OPEN_TO_ANYBODY
    assert {name for name, kinds in found.items() if kinds == {"refused"}} == NO_PAGE | {"listing", "rows", "single"}


def test_every_address_stands_in_one_of_the_tables() -> None:
    assert {name for name, _address in addresses()} == MAY_OPEN.keys() | ONLY_BY_POST | OPEN_TO_ANYBODY | NO_PAGE


def test_each_role_opens_its_pages_and_no_other(world: World) -> None:
    keys = furnished(world)
    found = {}
    for role in ROLES:
        client = signed_in(world, role)
        for name, address in addresses():
            if name in MAY_OPEN:
                status = client.get(filled(address, keys)).status_code
                if (
                    status == 200
                    or (status, name) in {(302, "proposal"), (302, "view")}
                    or (status, name) == (302, "notice")
                ):
                    found.setdefault(name, set()).add(role)
                else:
                    assert status == 403, (role, name, status)
    assert found == {name: set(roles) for name, roles in MAY_OPEN.items() if roles}


STEPS = {
    "on": timezone.localdate().isoformat(),
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "0",
    "form-0-label": "nhắc nhở",
    "form-0-what": "urge:nhac-nho",
    "form-0-after_days": "3",
}


def definition_form() -> dict[str, str]:
    """A definition with one group of every state."""
    groups = {"g-TOTAL_FORMS": "1", "g-INITIAL_FORMS": "0", "g-0-label": "mọi việc", "g-0-state_class": "active"}
    states = {f"state-{code}": "0" for code in ("assigned", "in_progress", "reported", "done", "dropped")}
    return {"name": "A", "sentence": "B", "on": "2022-03-01", "basis_words": "QĐ 1", **groups, **states}


def scale_form() -> dict[str, str]:
    """A scale with one criterion and one grade."""
    counts = {
        f"{name}-{which}_FORMS": n for name in ("c", "b0", "g") for which, n in (("TOTAL", "1"), ("INITIAL", "0"))
    }
    criterion = {"c-0-measure": "done-of-due", "c-0-points": "10", "b0-0-from_value": "0", "b0-0-points": "10"}
    grade = {"g-0-from_value": "0", "g-0-label": "đạt"}
    return {"name": "A", "sentence": "B", "on": "2022-03-01", "basis_words": "QĐ 1", **counts, **criterion, **grade}


# Each deed with the address it is sent to and what the form holds; who may do it, by role.
def deeds(world: World, keys: dict[str, int]) -> dict[str, tuple[str, dict[str, object], frozenset[str]]]:
    duty = {"to_state": "reported", "on": "2022-03-01", "seen_state": "in_progress", "note": ""}
    change = {"title": "Lập danh mục", "leads": "Sở Tài chính", "coordinators": ""}
    later = {"wanted_on": "2030-07-31", "reason": "chờ thẩm định"}
    obstacle = {"cause": "land", "text": "chưa bàn giao", "remover": "UBND quận", "began_on": "2022-03-01"}
    ended = {"kind": "removed", "ended_on": "2022-03-03", "note": ""}
    programme = world.programme.key
    clause, bare, year = keys["clause_id"], keys["bare_clause_id"], {"period": "2022", "value": "1.234,5"}
    letter = {"agency": world.finance.pk, "kind": "don-doc", "channel": "cong-van", "text": "Làm ngay"}
    aim = {"name": "Số bến", "direction": "higher", "0-period": "2023", "0-value": "7,5"}
    made = {"document": world.resolution.pk, "kind": "implements", "on": "2022-03-06"}
    period, report, given = keys["period_id"], keys["progress_id"], keys["given_progress_id"]
    paper = SimpleUploadedFile("cv-15.txt", "Sở báo cáo".encode())
    return {
        "ask for a later due day": (f"/duties/{keys['duty_id']}/extension/", later, OFFICERS | {"focal"}),
        "grant it": (f"/extensions/{keys['extension_id']}/", {"granted_on": "2030-08-31"}, OFFICERS | {"leader"}),
        "acknowledge a duty": (f"/today/duties/{keys['new_duty_id']}/acknowledge/", {}, OFFICERS | {"focal"}),
        "report nothing new": (f"/today/reports/{report}/nothing/", {}, frozenset({"focal"})),
        "report nothing new at all": (f"/today/periods/{period}/nothing/", {"expected": 2}, frozenset({"focal"})),
        "record an event": (f"/duties/{keys['new_duty_id']}/event/", {"happened_on": "2022-03-09"}, OFFICERS),
        "make rounds": (f"/tasks/{keys['task_id']}/rounds/", {}, OFFICERS),
        "end what recurs": (
            f"/duties/{keys['new_duty_id']}/recur-no-more/",
            {"from_on": "2022-04-01", "reason": "đủ rồi"},
            OFFICERS,
        ),
        "lay a parameter down": (
            "/parameters/due_soon_days/",
            {"text": "5", "on": "2022-03-01", "source": "QĐ 1"},
            frozenset({"administrator"}),
        ),
        "lay a definition down": (f"/definitions/{world.workflow.pk}/", definition_form(), OFFICERS),
        "lay a rate down": (
            "/definitions/rates/done-of-due/",
            {"name": "A", "sentence": "B", "on": "2022-03-01", "basis_words": "QĐ 1", "counts-done": "on"}
            | {"out_of-done": "on", "out_of-late": "on"},
            OFFICERS,
        ),
        "lay a scale down": ("/scoreboard/scale/", scale_form(), OFFICERS),
        "lay a further scale down": (
            "/scoreboard/scale/add/",
            {**scale_form(), "name": "B", "c-0-points": "20", "b0-0-points": "20", "g-0-label": "khá"},
            OFFICERS,
        ),
        "end a scale": ("/scoreboard/scale/xep-hang/end/", {"on": "2022-03-01"}, OFFICERS),
        "name states": (
            f"/definitions/{world.workflow.pk}/states/",
            {
                **{f"label-{state.code}": state.label for state in STATES},
                "label-done": "xong",
                "on": "2022-03-01",
                "basis_words": "QĐ 1",
            },
            OFFICERS,
        ),
        "lay a list down": (
            f"/documents/{world.resolution.pk}/list/",
            {"title": "Danh mục {role}", "item_noun": "việc", "workflow": world.workflow.pk, "on": "2022-03-01"},
            OFFICERS,
        ),
        "bring a frame": (
            "/frames/add/",
            {"name": "Khung {role}", "on": "2022-03-01", "file": SimpleUploadedFile("a.docx", frame_file())},
            OFFICERS,
        ),
        "end a frame": (f"/frames/{keys['frame_id']}/end/", {}, OFFICERS),
        "open a period": ("/progress/open/", {"kind": "month", "day": "2022-06-01"}, OFFICERS),
        "take over": (
            f"/report/compilations/{keys['compilation_id']}/take/",
            {"section": "results", "step": keys["step_id"]},
            OFFICERS | {"leader"},
        ),
        "complete it": (f"/progress/{period}/complete/", {}, OFFICERS),
        "report progress": (
            f"/progress/{period}/agencies/{world.finance.pk}/",
            {f"result-{report}": "Đã họp", "one": report, "came_on": "2022-03-06", "file": paper},
            OFFICERS | {"focal"},
        ),
        "accept a report": (f"/progress/{period}/accept/", {"report": given}, OFFICERS),
        "give it back": (f"/progress/reports/{given}/return/", {"reason": "Thiếu số", "seen": 2}, OFFICERS),
        "urge about a duty": (f"/duties/{keys['duty_id']}/urge/", letter, OFFICERS | {"leader"}),
        "name an obstacle": (f"/duties/{keys['duty_id']}/obstacle/", obstacle, OFFICERS | {"focal"}),
        "end an obstacle": (f"/obstacles/{keys['obstacle_id']}/end/", ended, OFFICERS | {"focal"}),
        "urge about a clause": (f"/clauses/{bare}/urge/", letter, OFFICERS),
        "urge about many": ("/urges/today/", {"channel": "cong-van", "duty": keys["duty_id"]}, OFFICERS),
        "receive an urge": (f"/urges/{keys['urge_id']}/receive/", {"received_on": "2022-03-07"}, OFFICERS | {"focal"}),
        "answer an urge": (
            f"/urges/{keys['urge_id']}/answer/",
            {"text": "chờ", "answered_on": "2022-03-08"},
            OFFICERS | {"focal"},
        ),
        "lay the steps of urging down": ("/urges/steps/", STEPS, frozenset({"administrator"})),
        "make a clause concrete": (f"/clauses/{bare}/concrete/", made, OFFICERS),
        "end that": (f"/clauses/links/{keys['link_id']}/end/", {"on": "2022-03-08"}, OFFICERS),
        "rename a list": (
            f"/lists/{world.programme.pk}/name/",
            {"title": "Danh mục khác {role}", "how": "mistake"},
            OFFICERS,
        ),
        "take a task off a list": (
            f"/places/{keys['place_id']}/end/",
            {"how": "mistake", "reason": "nhầm"},
            OFFICERS,
        ),
        "rename an agency": (
            f"/agencies/{keys['agency_id']}/rename/",
            {"name": "Sở Tài chính và Kế hoạch", "short_name": "Sở TCKH", "on": "2022-03-08"},
            OFFICERS,
        ),
        "name a product": (f"/tasks/{keys['task_id']}/product/", {"words": "Đề án", "on": "2022-03-08"}, OFFICERS),
        "untie one": (f"/clauses/ties/{keys['tie_id']}/end/", {"reason": "nhầm"}, OFFICERS),
        "end that it needs nothing": (f"/clauses/releases/{keys['release_id']}/end/", {"on": "2022-03-08"}, OFFICERS),
        "mark that it needs nothing": (f"/clauses/{bare}/release/", {"reason": "nguyên tắc"}, OFFICERS),
        "tie a task": (f"/clauses/{clause}/task/", {"task": keys["task_id"]}, OFFICERS),
        "lay an indicator down": (f"/clauses/{clause}/indicator/", aim, OFFICERS),
        "set a target": (f"/indicators/{keys['indicator_id']}/target/", {**year, "period": "2023"}, OFFICERS),
        "correct a target": (f"/targets/{keys['target_id']}/", year, OFFICERS),
        "put a document in": ("/documents/add/", {"text": "Số 1-CV/TU {role}", "received_on": "2022-03-01"}, OFFICERS),
        "begin a delivery": ("/deliveries/begin/", {"key": str(uuid4()), "expected": 1}, OFFICERS),
        "write a note": (f"/documents/{keys['document_id']}/note/", {"text": "Làm ngay"}, OFFICERS | {"leader"}),
        "record a link": (
            f"/documents/{keys['document_id']}/links/",
            {"kind": "cites", "number": "88-CV/TU", "on": "2022-03-05"},
            OFFICERS,
        ),
        "give a day": (f"/documents/{keys['document_id']}/head/", {"issued_on": "2022-03-03"}, OFFICERS),
        "accept a proposal": (f"/proposals/{keys['proposal_id']}/accept/", {}, OFFICERS),
        "change a proposal": (f"/proposals/{keys['proposal_id'] + 1}/change/", change, OFFICERS),
        "refuse a proposal": (f"/proposals/{keys['proposal_id'] + 2}/refuse/", {"reason": "trùng"}, OFFICERS),
        "accept all": (f"/documents/{keys['document_id']}/accept/", {}, OFFICERS),
        "hold a claim": (f"/claims/{keys['claim_id']}/bind/", {"figure": f"tasks.total|{programme}|"}, OFFICERS),
        "enter a task": ("/tasks/add/", {"title": "Việc mới", "lead": world.finance.pk}, OFFICERS),
        "set the due day of many": (
            "/tasks/bulk/due/",
            {"duties": f"{world.tasks[2].duties.get().pk}:assigned", "due_on": "2031-01-01", "words": "kết luận"},
            OFFICERS,
        ),
        "move a card": (
            "/tasks/move/",
            {"move": f"{world.tasks[2].duties.get().pk}:assigned:in_progress"},
            OFFICERS | {"focal"},
        ),
        "keep a list": ("/tasks/views/", {"name": "Của tôi", "bucket": "late"}, ALL),
        "change a list": (f"/tasks/views/{keys['view_id']}/change/", {"name": "Quá hạn nhiều"}, OFFICERS),
        "take a duty on": (f"/duties/{keys['duty_id']}/person/take-on/", {}, OFFICERS | {"focal"}),
        "name a person": (f"/duties/{keys['duty_id']}/person/", {"name": "Lê Văn Bình"}, OFFICERS | {"focal"}),
        "send a duty back": (
            f"/duties/{keys['duty_id']}/person/send-back/",
            {"reason": "đi học"},
            OFFICERS | {"focal"},
        ),
        "set a due day": (f"/duties/{keys['duty_id']}/due/", {"due_on": "2031-01-31", "words": "lùi"}, OFFICERS),
        "add an agency": (
            f"/tasks/{keys['task_id']}/duties/add/",
            {"agency": world.building.pk, "role": "coordinate"},
            OFFICERS,
        ),
        "move a duty": (f"/duties/{keys['duty_id']}/", duty, OFFICERS | {"focal"}),
        "issue a report": (f"/report/issue/?programme={programme}&as_of=2022-01-03", {}, OFFICERS | {"leader"}),
        "begin a report": (
            f"/report/compilations/new/?programme={programme}",
            {"title": "", "as_of": "2022-03-01", "period": ""},
            OFFICERS | {"leader"},
        ),
        "write a passage": (
            f"/report/compilations/{keys['compilation_id']}/passage/",
            {"section": "causes", "text": "Thiếu người {role}"},
            OFFICERS | {"leader"},
        ),
        "add a section": (
            f"/report/compilations/{keys['compilation_id']}/add/",
            {"heading": "Bài học {role}"},
            OFFICERS | {"leader"},
        ),
        "move a section": (
            f"/report/compilations/{keys['compilation_id']}/order/",
            {"section": "limits", "up": "1"},
            OFFICERS | {"leader"},
        ),
        "mend a head": (f"/documents/{keys['document_id']}/correct/", {"number": "9-CV/TU", "signer": "A"}, OFFICERS),
        "withdraw a document": (f"/documents/{keys['document_id']}/withdraw/", {"reason": "nhầm"}, OFFICERS),
        "ask to expunge": (f"/documents/{keys['document_id']}/ask-expunging/", {}, OFFICERS),
        "take that back": (f"/documents/{keys['document_id']}/take-back-expunging/", {}, OFFICERS),
        "enter who holds a post": (
            f"/agencies/{world.finance.pk}/posts/",
            {"title": "Giám đốc", "name": "Lê {role}", "since": "2022-03-01"},
            OFFICERS,
        ),
        "end it": (f"/holdings/{keys['holding_id']}/end/", {"on": "2022-03-05"}, OFFICERS),
        "mark notices as read": ("/notices/read/", {"all": ""}, ALL),
        "say how one is told": ("/notices/preferences/", {"mail": "never", "address": ""}, ALL),
        "revoke a calendar": (f"/notices/feeds/{keys['feed_id']}/revoke/", {}, frozenset({"administrator", "officer"})),
        "send a mail again": (f"/notices/mails/{keys['mail_id']}/again/", {}, frozenset({"administrator"})),
        "end a deputy": (f"/deputies/{keys['deputy_id']}/end/", {}, OFFICERS | {"leader"}),
        "correct a step": (
            f"/duties/{keys['duty_id']}/steps/{keys['change_id']}/correct/",
            {"to_state": "in_progress", "on": "2022-02-02", "reason": "nhầm ngày"},
            OFFICERS,
        ),
        "pass a duty on": (
            f"/duties/{world.tasks[1].duties.get().pk}/hand-over/",
            {"agency": world.building.pk, "on": timezone.localdate().isoformat(), "reason": "đúng việc hơn"},
            OFFICERS,
        ),
        "put a document back": (f"/documents/{keys['document_id']}/put-back/", {"reason": "đúng"}, OFFICERS),
        # The last of all: what stands on the list is off it then.
        "end a list": (
            f"/lists/{world.programme.pk}/end/",
            {"how": "from", "off_on": "2022-03-08", "reason": "xong"},
            OFFICERS,
        ),
    }


SAID = {"begin a delivery": 201}  # what is answered to a script


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_its_deeds_and_no_other(world: World, role: str) -> None:
    client = signed_in(world, role)
    statuses = {}
    for name, (address, sent, _roles) in deeds(world, keys := furnished(world)).items():
        statuses[name] = client.post(address, sent).status_code
    allowed = {
        name: SAID.get(name, 302) if role in roles else 403 for name, (_a, _s, roles) in deeds(world, keys).items()
    }
    assert statuses == allowed


def test_a_focal_point_moves_its_own_agencys_duties_only(world: World) -> None:
    keys = furnished(world)
    note = Note.objects.get(pk=keys["note_id"])
    assert signed_in(world, "officer").post(f"/tasks/add/?note={note.pk}", {"title": "Việc", "lead": world.building.pk})
    foreign = note.tasks.get().duties.get()
    client = signed_in(world, "focal")
    move = {"to_state": "in_progress", "on": "2022-03-01", "seen_state": "assigned"}
    assert (
        client.get(f"/duties/{foreign.pk}/").status_code,
        client.post(f"/duties/{foreign.pk}/", move).status_code,
    ) == (
        403,
        403,
    )
    assert foreign.changes.count() == 1


def test_a_focal_point_sees_a_document_when_a_task_of_its_agency_comes_from_it(world: World) -> None:
    keys = furnished(world)
    page = f"/documents/{keys['document_id']}/"
    client = signed_in(world, "focal")
    before = client.get(page).status_code
    signed_in(world, "officer").post(f"/proposals/{keys['proposal_id']}/accept/")
    after = client.get(page)
    assert (before, after.status_code) == (403, 200)
    assert "/originals/" not in after.content.decode()
    assert client.get(f"/originals/{Document.objects.get(pk=keys['document_id']).original_id}/").status_code == 403
