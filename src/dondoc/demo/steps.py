"""The steps of the replay: each takes what a file says and calls the actions that an office would use."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dondoc.demo import data
from dondoc.demo.data import Account
from dondoc.demo.lists import due_rule
from dondoc.demo.stage import Stage
from dondoc.office.access import Viewer
from dondoc.office.actions import (
    agencies,
    claims,
    definitions,
    documents,
    duties,
    intake,
    links,
    offices,
    people,
    programmes,
    readings,
    scales,
)
from dondoc.office.actions.agencies import NewAgency
from dondoc.office.actions.definitions import NewGroup, NewMove, NewState
from dondoc.office.actions.intake import Incoming
from dondoc.office.actions.offices import NewLetterhead
from dondoc.office.actions.readings import Acceptance
from dondoc.office.models import Programme, Workflow
from dondoc.office.queries import claims as stated
from dondoc.office.queries import documents as registered
from dondoc.office.queries import readings as read
from dondoc.office.queries.standing import duties_standing
from dondoc.rules.deadlines import DueRule
from dondoc.rules.scales import shipped_on


def enter_agencies(stage: Stage, file: dict[str, Any]) -> None:
    """Enter the bodies of the first day, classes of bodies, and where some stand in the other hierarchy too."""
    on = file["from"]
    for alias, row in file["rows"].items():
        stage.agencies[alias] = _agency(stage, row, on=on)
    for alias, (name, short, level) in file["classes"].items():
        new = NewAgency(name, "class", level, short_name=short, is_class=True)
        stage.agencies[alias] = agencies.add_agency(new, on=on, actor=stage.officer)
    for alias, parent, hierarchy in file.get("placed", []):
        agencies.place_agency(
            stage.agencies[alias], stage.agencies[parent], hierarchy=hierarchy, on=on, actor=stage.officer
        )


def _agency(stage: Stage, row: list[str], *, on: date) -> Any:
    name, short, kind, level, *stands = row
    parent = stage.agencies[stands[0]] if stands else None
    hierarchy = stands[1] if len(stands) > 1 else "state"
    new = NewAgency(name, kind, level, short_name=short, parent=parent, hierarchy=hierarchy)
    return agencies.add_agency(new, on=on, actor=stage.officer)


def enter_body(stage: Stage, alias: str, file: dict[str, Any]) -> None:
    """Enter a temporary body with its members."""
    members = tuple((stage.agencies[member], capacity) for member, capacity in file["members"])
    new = NewAgency(
        file["name"],
        file["kind"],
        "province",
        short_name=file["short_name"],
        parent=stage.agencies["body"],
        hierarchy="party",
        is_temporary=True,
        members=members,
    )
    stage.agencies[alias] = agencies.add_agency(new, on=file["from"], actor=stage.officer)


def open_account(stage: Stage, account: Account, *, on: date) -> None:
    """Open an account; from then on its owner acts under that name."""
    agency = stage.agencies[account.agency] if account.agency else None
    administrator = next((name for name, (_u, v) in stage.users.items() if v.role == "administrator"), "")
    user = people.add_account(
        username=account.username,
        password=account.password,
        full_name=account.full_name,
        role=account.role,
        agency=agency,
        on=on,
        actor=stage.actor(administrator),
    )
    speaks_for = frozenset({agency.pk} if agency else ())
    stage.users[account.username] = (user, Viewer(user.pk, stage.office.pk, account.role, speaks_for))


def set_letterhead(stage: Stage, file: dict[str, Any]) -> None:
    """Set how the office's papers begin and end."""
    lines = {name: value for name, value in file.items() if name not in {"at", "on"}}
    head = NewLetterhead(**{**lines, "recipients": tuple(file["recipients"])})
    administrator = next(name for name, (_user, viewer) in stage.users.items() if viewer.role == "administrator")
    offices.set_letterhead(head, on=file["on"], actor=stage.actor(administrator))


def hold_post(stage: Stage, post: dict[str, Any]) -> None:
    """Write down who was seen in which post."""
    people.hold_post(
        name=post["name"],
        title=post["title"],
        agency=stage.agencies[post["agency"]],
        on=post["on"],
        actor=stage.officer,
    )


def lay_down_workflows(stage: Stage, file: dict[str, Any]) -> None:
    """Lay down the workflows and the definitions that hold where a list has none of its own."""
    for key, flow in file["workflows"].items():
        waits = flow.get("waits_for_office", [])
        states = [
            NewState(code, label, kind, rank, "assigner" if code in waits else "bearer")
            for rank, (code, label, kind) in enumerate(flow["states"])
        ]
        moves = [NewMove(start, to) for start, ends in flow["moves"].items() for to in ends]
        stage.workflows[key] = definitions.lay_down_workflow(
            key=key, name=flow["name"], states=states, moves=moves, on=file["on"], actor=stage.officer
        )
    for each in file["definitions"]:
        define(stage, {**each, "on": file["on"]}, workflow=stage.workflows[each["workflow"]], programme=None)


def lay_down_scale(stage: Stage, file: dict[str, Any]) -> None:
    """Rank agencies from a day on by the program's criteria, but only those to which enough of the points applies."""
    sample = shipped_on(file["on"])["xep-hang"]
    new = scales.NewScale(
        key=sample.key,
        name=file["name"],
        sentence=sample.sentence,
        criteria=sample.criteria,
        grades=sample.grades,
        on=file["on"],
        basis_words=file["basis"],
        least_share=Decimal(file["least_share"]),
    )
    scales.lay_down_scale(new, actor=stage.officer)


def define(stage: Stage, file: dict[str, Any], *, workflow: Workflow, programme: Programme | None) -> None:
    """Say from a day on what counts as what."""
    definitions.define(
        workflow,
        programme=programme,
        name=file["name"],
        sentence=file["sentence"],
        groups=[NewGroup(code, label, kind, tuple(states)) for code, label, kind, states in file["groups"]],
        basis=stage.document(file.get("basis")),
        on=file["on"],
        actor=stage.officer,
    )


def take_in(stage: Stage, key: str, file: dict[str, Any]) -> None:
    """Take a document in, read it, mend its head where the text is silent, and say what it does to others."""
    text = data.content(stage.key, "documents", f"{key}.txt")
    incoming = Incoming(text, f"{key}.txt", received_on=stage.today, is_sample=True)
    taken = intake.take_in(incoming, actor=stage.officer)
    stage.documents[key] = taken.document_id
    intake.read_document(taken.document_id, actor=stage.officer)
    document = stage.document(key)
    assert document is not None
    documents.correct_header(document, actor=stage.officer, **file["header"])
    for target_key, kind in file.get("links", []):
        target = stage.document(target_key)
        assert target is not None
        number = registered.header_row(target.pk).number
        links.add_link(document.pk, kind=kind, number=number, on=incoming.received_on, actor=stage.officer)


def decide(stage: Stage, key: str, file: dict[str, Any]) -> None:
    """Accept what the file names of a document's proposals as tasks, and refuse the rest with its reason."""
    page = read.reading(stage.documents[key], viewer=stage.officer.viewer, known_at=None)
    assert page is not None
    open_ones = list(page.proposals)
    for wanted in file.get("accept", []):
        place = page.text.find(wanted["at"])
        found = next((p for p in open_ones if p.start <= place < p.end), None)
        if found is None:
            stage.missing.append(f"{key}: {wanted['at']}")
            continue
        open_ones.remove(found)
        _accept(stage, (key, wanted["number"]), found, wanted)
    for proposal in open_ones if "refuse_rest" in file else []:
        readings.refuse_proposal(proposal.id, reason=file["refuse_rest"], actor=stage.officer)


def _accept(stage: Stage, item: tuple[str, str], proposal: read.ProposalRow, wanted: dict[str, Any]) -> None:
    rule, words = due_rule(wanted.get("due"))
    acceptance = Acceptance(
        proposal_id=proposal.id,
        title=wanted["title"],
        leads=tuple(wanted["leads"]),
        coordinators=tuple(wanted.get("coordinators", ())),
        due=rule,
        due_words=words,
        changed=True,
    )
    workflow = next(iter(stage.workflows.values()))
    task = readings.accept_proposal(acceptance, workflow=workflow, on=stage.today, actor=stage.officer)
    stage.keep({item: task})
    if "programme" in wanted:
        programme = stage.programmes[wanted["programme"]]
        places = [(task, wanted["number"])]
        programmes.put_on_programme(programme, places, on=programme.begins_on, actor=stage.officer)


def bind(stage: Stage, key: str, rows: list[list[Any]]) -> None:
    """Hold the figures that a document states against the register's own."""
    document = stage.document(key)
    assert document is not None
    found = stated.of_document(document.pk, viewer=stage.officer.viewer, known_at=None)
    for words, value, programme, *group in rows:
        place = document.text.find(words)
        claim = next((c for c in found if c.start <= place < c.end and c.value == value), None)
        if claim is None:
            stage.missing.append(f"{key}: {words}")
            continue
        arguments = {"programme": programme, **({"group": group[0]} if group else {})}
        figure = "tasks.in_group" if group else "tasks.total"
        claims.bind_claim(claim.id, figure=figure, arguments=arguments, actor=stage.officer)


def succeed(stage: Stage, file: dict[str, Any]) -> None:
    """Write down who follows whom from a day on, and pass the open duties along."""
    on, basis = file["on"], stage.document(file["basis"])
    for alias, row in file["new"].items():
        stage.agencies[alias] = _agency(stage, row, on=on)
    for former_key, next_key in file["pairs"]:
        former, follower = stage.agencies[former_key], stage.agencies[next_key]
        agencies.succeed_agency(former, follower, kind="merged", on=on, basis=basis, actor=stage.officer)
        rows = duties_standing(
            "bearer_id = %(former)s order by id", viewer=stage.officer.viewer, as_of=on, known_at=None, former=former.pk
        )
        still = [duty.id for duty in rows]  # the action passes the open ones only
        agencies.hand_over_duties(still, successor=follower, on=on, basis=basis, actor=stage.officer)


def set_dues_from(stage: Stage, list_key: str, days: dict[int, int], *, today: date) -> None:
    """Set due days a few days after the day of the building, so that the demo always has something due soon."""
    for number, ahead in days.items():
        duty = stage.tasks[(list_key, str(number))].duties.get(role="lead")
        day = today + timedelta(days=ahead)
        words = f"gia hạn đến ngày {day:%d/%m/%Y}"
        duties.set_due(duty, DueRule("day", day), words=words, on=today, actor=stage.officer)
