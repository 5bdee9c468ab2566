"""Workflows and definitions in force on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import (
    Definition,
    DefinitionGroup,
    DefinitionState,
    Workflow,
    WorkflowMove,
    WorkflowState,
)
from dondoc.office.models.facts import known, latest
from dondoc.rules import measures, scales
from dondoc.rules.definitions import meanings
from dondoc.rules.parameters import parameters
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date

# The last day up to a day on which an office laid down, or ended, one of its definitions, as known at an instant. In
# SQL, since the foot of every page names it; table by table, which the server plans in a third of the time of a union.
_LAID = """(
    select max(case when r.until_on <= %(as_of)s then r.until_on else r.effective_on end)
    from {table} r {joined}
    where {office}.office_id = %(office)s and r.effective_on <= %(as_of)s and r.recorded_at <= %(known_at)s
      and ({said})
      and not exists (
        select 1 from {table} later where later.replaces_id = r.id and later.recorded_at <= %(known_at)s)
)"""
_HELD = "r.until_on is null or r.until_on > r.effective_on"
_OF_FLOWS = {"office": "flow", "joined": "join office_workflow flow on flow.id = r.workflow_id", "said": _HELD}
_OF_OFFICES = {"office": "r", "joined": "", "said": _HELD}
_EVERY_LAID = {
    "office_definition": _OF_FLOWS,
    "office_workflowstate": _OF_FLOWS,
    "office_measure": _OF_OFFICES,
    # A scale that never held of its own ends the program's (`actions.scales.end_scale`).
    "office_scale": {**_OF_OFFICES, "said": "true"},
    "office_officeparameter": _OF_OFFICES,
}
LAST_LAID = f"select greatest({', '.join(_LAID.format(table=table, **of) for table, of in _EVERY_LAID.items())})"


def laid_on(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> date | None:
    """Give the day of the definitions that a day uses: on which the last of them was laid down; None before the first.

    The program's own versions count as well as the office's.
    """
    asked: dict[str, Any] = {"office": viewer.office_id, "as_of": as_of, "known_at": known_at or "infinity"}
    with connection.cursor() as cursor:
        cursor.execute(LAST_LAID, asked)
        return with_shipped(cursor.fetchone()[0], as_of=as_of)


def with_shipped(laid_on: date | None, *, as_of: date) -> date | None:
    """Give the later of the day on which the office laid a definition down last, and of the program's own versions."""
    shipped = [
        *(row.from_on for row in meanings()),
        *(row.from_on for row in measures.shipped()),
        *(row.from_on for row in scales.shipped()),
        *(row.from_on for row in parameters()),
    ]
    return max([*(day for day in shipped if day <= as_of), *([laid_on] if laid_on else [])], default=None)


class NoStates(Refused):
    """The workflow has no states on the day that was asked for."""


@dataclass(frozen=True, slots=True)
class MoveRule:
    """What a workflow says of a move: whose step it is, whether it must say why, and within which time."""

    by: str
    needs_reason: bool
    within: str


@dataclass(frozen=True, slots=True)
class NextState:
    """A state into which a duty may go next, under which rule."""

    code: str
    label: str
    state_class: str
    rule: MoveRule


@dataclass(frozen=True, slots=True)
class Flow:
    """A workflow on a day: its moves with their rules, and each state's label, class, rank and whose turn it is."""

    moves: dict[tuple[str, str], MoveRule]
    labels: dict[str, str]
    classes: dict[str, str]
    ranks: dict[str, int]
    waits_for: dict[str, str]

    def next_states(self, state: str, *, assigns: bool) -> list[NextState]:
        """List the states that may come next, from the least advanced on.

        Whoever assigns may enter every step, the agency's own on its behalf; the agency only those that are its own.
        """
        found = [(b, rule) for (a, b), rule in self.moves.items() if a == state and (assigns or rule.by != "assigner")]
        return [
            NextState(code, self.labels[code], self.classes[code], rule)
            for code, rule in sorted(found, key=lambda pair: self.ranks[pair[0]])
        ]


@dataclass(frozen=True, slots=True)
class Group:
    """A group that a definition counts: its code, its label in the source's words, its class."""

    code: str
    label: str
    state_class: StateClass


@dataclass(frozen=True, slots=True)
class Counting:
    """A definition in force: its name with its day, what it says, its groups in order, each state's group."""

    name: str
    sentence: str
    groups: tuple[Group, ...]
    group_of: dict[str, Group]


class Flows:
    """Some workflows, read once and asked for as many days as a batch of moves has."""

    def __init__(self, workflow_ids: Iterable[int]) -> None:
        wanted = set(workflow_ids)
        # The later row of a state stands, as everywhere: it is the last to be put into its place.
        order = ("effective_on", "recorded_at", "id")
        states = known(WorkflowState.objects.filter(workflow_id__in=wanted), known_at=None).order_by(*order)
        moves = known(WorkflowMove.objects.filter(workflow_id__in=wanted), known_at=None)
        self._states, self._moves = list(states), list(moves)
        self._days: dict[tuple[int, date], Flow] = {}

    def on(self, workflow_id: int, day: date) -> Flow:
        """Give a workflow's states and moves on a day."""
        found = self._days.get((workflow_id, day))
        if found is None:
            states = [row for row in self._states if row.workflow_id == workflow_id and row.holds_on(day)]
            moves = [row for row in self._moves if row.workflow_id == workflow_id and row.holds_on(day)]
            found = self._days[workflow_id, day] = Flow(
                moves={(row.from_state, row.to_state): MoveRule(row.by, row.needs_reason, row.within) for row in moves},
                labels={row.code: row.label for row in states},
                classes={row.code: row.state_class for row in states},
                ranks={row.code: row.rank for row in states},
                waits_for={row.code: row.waits_for for row in states},
            )
        return found


class Labels:
    """What the states of some workflows are called, read once and asked for any day: an old day has its old word."""

    def __init__(self, workflow_ids: Collection[int] | QuerySet[Any], *, known_at: datetime | None) -> None:
        rows = known(WorkflowState.objects.filter(workflow_id__in=workflow_ids), known_at=known_at)
        self._rows: dict[tuple[int, str], list[WorkflowState]] = {}
        for row in rows.order_by("effective_on", "recorded_at", "id"):
            self._rows.setdefault((row.workflow_id, row.code), []).append(row)

    def on(self, workflow_id: int, code: str, day: date) -> str:
        """Give the word for a state on a day; its first word on a day before that, its code where it never had one."""
        rows = self._rows.get((workflow_id, code), [])
        held = [row.label for row in rows if row.effective_on <= day]
        return held[-1] if held else rows[0].label if rows else code

    def of_one(self, code: str, day: date) -> str:
        """Give the word for a state on a day where only one workflow was read."""
        return self.on(next((workflow for workflow, _code in self._rows), 0), code, day)


def workflow(workflow_id: int, *, as_of: date) -> Flow:
    """Give a workflow's states and moves on a day."""
    return Flows([workflow_id]).on(workflow_id, as_of)


def states_on(workflow_id: int, *, on: date) -> dict[str, WorkflowState]:
    """Give the states of a workflow as they stand on a day, by their codes, for the action that names them anew."""
    rows = known(WorkflowState.objects.filter(workflow_id=workflow_id), known_at=None)
    ordered = rows.order_by("effective_on", "recorded_at", "id")
    return {row.code: row for row in ordered if row.holds_on(on)}


def workflows(*, viewer: Viewer) -> list[Workflow]:
    """List the workflows of the viewer's office."""
    return list(Workflow.objects.filter(office_id=viewer.office_id).order_by("id"))


def workflow_of_office(workflow_id: int, *, office_id: int) -> Workflow:
    """Give one workflow of an office by its key."""
    row = Workflow.objects.filter(office_id=office_id, pk=workflow_id).first()
    if row is None:
        raise NoStates(_("There is no such workflow. Choose one of those that are offered."))
    return row


def standard_workflow(*, office_id: int) -> Workflow:
    """Give the workflow that a task follows when nobody chooses another: the office's first."""
    return Workflow.objects.filter(office_id=office_id).order_by("id")[0]


def first_state(workflow_id: int, *, as_of: date) -> str:
    """Give the state in which a new duty stands: the least advanced."""
    codes = state_codes(workflow_id, as_of=as_of)
    if not codes:
        raise NoStates(
            _("On %(day)s the workflow had no states yet. Lay them down from an earlier day.") % {"day": vi_date(as_of)}
        )
    return codes[0]


def state_codes(workflow_id: int, *, as_of: date) -> list[str]:
    """List the codes of a workflow's states on a day, from the least advanced on."""
    ranks = workflow(workflow_id, as_of=as_of).ranks
    return sorted(ranks, key=lambda code: (ranks[code], code))


def states_of_class(workflow_id: int, state_class: str, *, as_of: date) -> list[str]:
    """List the codes of a workflow's states of one class on a day, from the least advanced on."""
    classes = workflow(workflow_id, as_of=as_of).classes
    return [code for code in state_codes(workflow_id, as_of=as_of) if classes[code] == state_class]


def countings(
    scopes: Iterable[tuple[int, int | None]], *, as_of: date, known_at: datetime | None
) -> dict[tuple[int, int | None], Counting]:
    """Give the definition in force for each pair of workflow and programme: the programme's own, or the common one."""
    wanted = set(scopes)
    rows = latest(Definition.objects.filter(workflow_id__in={w for w, _p in wanted}), as_of=as_of, known_at=known_at)
    best: dict[tuple[int, int | None], Definition] = {}
    for row in rows:
        best.setdefault((row.workflow_id, row.programme_id), row)
    chosen = {(w, p): found for w, p in wanted if (found := best.get((w, p)) or best.get((w, None))) is not None}
    groups = _groups({row.pk for row in chosen.values()})
    return {scope: _counting(row, groups.get(row.pk, [])) for scope, row in chosen.items()}


def countings_up_to(
    workflow_id: int, programme_id: int, *, as_of: date, known_at: datetime | None
) -> list[tuple[date, Counting | None]]:
    """Give, from each day on which it changed, the definition by which a list is counted, up to a day; None: by none.

    What it says of a day is what `countings` says of it.
    """
    mine = Definition.objects.filter(Q(programme_id=programme_id) | Q(programme__isnull=True), workflow_id=workflow_id)
    order = ("-effective_on", "-recorded_at", "-id")
    rows = list(known(mine, known_at=known_at).filter(effective_on__lte=as_of).order_by(*order))
    ends = {row.until_on for row in rows if row.until_on and row.until_on <= as_of}
    groups = _groups({row.pk for row in rows})
    found: list[tuple[date, Counting | None]] = []
    for day in sorted({row.effective_on for row in rows} | ends):
        held = [row for row in rows if row.holds_on(day)]
        best = next((row for row in held if row.programme_id), held[0] if held else None)
        found.append((day, _counting(best, groups.get(best.pk, [])) if best else None))
    return found


def groups_ever(workflow_id: int, programme_id: int) -> list[Group]:
    """List the groups of all definitions that a list was ever counted by, each code once, under its latest label."""
    rows = DefinitionGroup.objects.filter(
        Q(definition__programme_id=programme_id)
        | Q(definition__programme__isnull=True, definition__workflow_id=workflow_id)
    ).order_by("definition__effective_on", "order", "id")
    return list({row.code: _group(row) for row in rows}.values())


def _group(row: DefinitionGroup) -> Group:
    return Group(row.code, row.label, cast(StateClass, row.state_class))


def _groups(ids: set[int]) -> dict[int, list[DefinitionState]]:
    rows = DefinitionState.objects.filter(definition_id__in=ids).select_related("group")
    found: dict[int, list[DefinitionState]] = {}
    for row in rows.order_by("definition_id", "group__order", "id"):
        found.setdefault(row.definition_id, []).append(row)
    return found


def _counting(definition: Definition, states: list[DefinitionState]) -> Counting:
    groups = {row.group_id: _group(row.group) for row in states}
    return Counting(
        name=f"{definition.name} ({vi_date(definition.effective_on)})",
        sentence=definition.sentence,
        groups=tuple(groups.values()),
        group_of={row.state: groups[row.group_id] for row in states},
    )
