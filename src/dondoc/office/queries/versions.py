"""Who laid down which definition since when: what holds on a day, the former ones, and what another would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Definition, DefinitionState, StateClass, Workflow, WorkflowState
from dondoc.office.models.definitions import Side
from dondoc.office.models.facts import beginning_on, known, late_by, recorded
from dondoc.office.models.history import opened_on
from dondoc.office.models.programmes import called, listed
from dondoc.office.queries import documents, parameters, programmes, tasks
from dondoc.office.queries.happenings.lateness import began_late
from dondoc.office.queries.programmes import Tally
from dondoc.rules.lateness import LateRule


class NoSuchDefinition(Refused):
    """The office has no such workflow, or no such list on the day that was asked for."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a state is called since a day: the word, on what ground, by whom recorded and when, whether mended since.

    `basis_id` is a document of the register; `basis` its title, or the words of another basis. `late_entry` says by
    how many days the word was entered late.
    """

    label: str
    since: date
    basis: str
    basis_id: int | None
    recorded_by: str
    recorded_at: datetime
    is_replaced: bool
    late_entry: int


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of a workflow on a day: its label, the sort that it is, whose step comes next.

    `namings` are all its labels that are known, the newest first; `since` is the day from which the present one holds,
    `basis` and `basis_id` on what ground, `late_entry` by how many days it was entered late.
    """

    code: str
    label: str
    state_class: str
    class_label: str
    waits_for: str
    since: date
    basis: str
    basis_id: int | None
    late_entry: int
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group that a definition counts: its label and sort, and the states in it by code and label."""

    code: str
    label: str
    state_class: str
    class_label: str
    states: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A definition as it was laid down: what it says, since when, on what ground, by whom, how many days late."""

    name: str
    sentence: str
    since: date
    basis: str
    basis_id: int | None
    recorded_by: str
    recorded_at: datetime
    is_replaced: bool
    late_entry: int
    groups: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted by one definition: a list with its own, or all lists of a workflow that have none.

    `programme` is empty for the common one; `holds` is None before the first. Newest version first.
    """

    workflow_id: int
    programme: str
    title: str
    holds: Version | None
    versions: tuple[Version, ...]

    @property
    def shown(self) -> Version:
        """The version to show: the one that holds, or else the first that will."""
        return self.holds or self.versions[-1]


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A workflow of the office: its states on a day, and what is counted by which definition."""

    id: int
    name: str
    states: tuple[StateRow, ...]
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """By what it is judged that something was entered late: the rule of the office, and when its register began."""

    rule: LateRule
    opened: date


def workflows(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[FlowRow]:
    """List the workflows of the viewer's office with their states on a day and all definitions of their lists."""
    rows = list(Workflow.objects.filter(office_id=viewer.office_id).order_by("id"))
    judged = _Judged(parameters.late_rule(viewer=viewer, known_at=known_at), opened_on(viewer.office_id))
    states = _states({row.pk for row in rows}, judged, as_of=as_of, known_at=known_at)
    scopes = _scopes({row.pk for row in rows}, judged, as_of=as_of, known_at=known_at)
    return [FlowRow(row.pk, row.name, tuple(states.get(row.pk, ())), tuple(scopes.get(row.pk, ()))) for row in rows]


def workflow(workflow_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> FlowRow:
    """Give one workflow of the viewer's office."""
    for row in workflows(viewer=viewer, as_of=as_of, known_at=known_at):
        if row.id == workflow_id:
            return row
    raise NoSuchDefinition(_("There is no such definition. Choose one from the page of definitions."))


def scope(flow: FlowRow, programme: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Scope:
    """Give what counts a list of a workflow: its own definition, or the common one as what its own would begin with.

    The common one without a list. Refused where the list does not follow the workflow.
    """
    own = next((one for one in flow.scopes if one.programme == programme), None)
    if own is not None:
        return own
    common = next((one for one in flow.scopes if not one.programme), None)
    titles = {row.key: row.title for row in lists(flow.id, viewer=viewer, as_of=as_of, known_at=known_at)}
    if common is None or programme not in titles:
        raise NoSuchDefinition(_("There is no such definition. Choose one from the page of definitions."))
    return Scope(flow.id, programme, titles[programme], common.holds, common.versions)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list that follows a workflow, by key and title."""

    id: int
    key: str
    title: str


def lists(workflow_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ListRow]:
    """List the lists on record on a day that follow a workflow."""
    rows = listed(as_of=as_of, known_at=known_at).filter(office_id=viewer.office_id, workflow_id=workflow_id)
    rows = rows.annotate(now_called=called(as_of=as_of, known_at=known_at))
    return [ListRow(*row) for row in rows.order_by("order", "pk").values_list("pk", "key", "now_called")]


@dataclass(frozen=True, slots=True)
class Change:
    """A list as it is counted on a day, and as it would be counted: each group by label with both numbers."""

    title: str
    total: int
    lines: tuple[tuple[str, int | None, int | None], ...]


def changes(
    flow: FlowRow,
    programme: str,
    groups: Iterable[GroupRow],
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
) -> list[Change]:
    """Say how the numbers of each list that a new definition would count would change, on the rows of a day.

    A group that only one of both has shows no number on the other side.
    """
    new = tuple(groups)
    own = {one.programme for one in flow.scopes if one.programme}
    mine = {row.key for row in lists(flow.id, viewer=viewer, as_of=as_of, known_at=known_at)}
    wanted = {programme} if programme else mine - own
    found = programmes.tallies(viewer=viewer, as_of=as_of, known_at=known_at)
    counts = tasks.on_lists(viewer=viewer, as_of=as_of, known_at=known_at)
    by_state = {key: {state: n for place, state, n in counts if place == key} for key in found}
    return [_change(found[key], new, by_state[key]) for key in found if key in wanted]


def _change(tally: Tally, groups: tuple[GroupRow, ...], by_state: Mapping[str, int]) -> Change:
    group_of = {code: group.code for group in groups for code, _label in group.states}
    after = {group.code: 0 for group in groups}
    for state, n in by_state.items():
        if state in group_of:
            after[group_of[state]] += n
    labels = {group.code: group.label for group in tally.programme.counting.groups}
    labels |= {group.code: group.label for group in groups}
    lines = tuple((label, tally.by_group.get(code), after.get(code)) for code, label in labels.items())
    return Change(tally.programme.title, tally.total, lines)


def standing_on(workflow_id: int, programme_id: int | None, *, on: date) -> Definition | None:
    """Give the definition of a scope that begins on exactly this day, for the action that mends it."""
    return beginning_on(Definition.objects.filter(workflow_id=workflow_id, programme_id=programme_id), on=on)


def first_day(workflow_id: int) -> date | None:
    """Give the day on which a workflow's states begin; None where it has none."""
    rows = WorkflowState.objects.filter(workflow_id=workflow_id).order_by("effective_on")
    return rows.values_list("effective_on", flat=True).first()


def _states(ids: set[int], judged: _Judged, *, as_of: date, known_at: datetime | None) -> dict[int, list[StateRow]]:
    rows = list(
        recorded(WorkflowState.objects.filter(workflow_id__in=ids), known_at=known_at)
        .select_related("entry")
        .order_by("-effective_on", "-recorded_at", "-id")
    )
    replaced = {row.replaces_id for row in rows}
    titles = documents.short_titles({row.basis_id for row in rows if row.basis_id}, known_at=known_at)
    every: dict[tuple[int, str], list[WorkflowState]] = {}
    for row in rows:
        every.setdefault((row.workflow_id, row.code), []).append(row)
    holding = (_holding(same, replaced, as_of) for same in every.values())
    found: dict[int, list[StateRow]] = {}
    for row in sorted((each for each in holding if each is not None), key=lambda each: (each.rank, each.code)):
        same = {one.pk: one for one in every[row.workflow_id, row.code]}
        late = {
            key: began_late(one, same, "label", rule=judged.rule, not_before=judged.opened) for key, one in same.items()
        }
        namings = tuple(_naming(one, titles, replaced, late[key]) for key, one in same.items())
        found.setdefault(row.workflow_id, []).append(_state(row, _basis(row, titles), namings, late[row.pk]))
    return found


def _holding(rows: Iterable[WorkflowState], replaced: set[int | None], as_of: date) -> WorkflowState | None:
    return next((row for row in rows if row.pk not in replaced and row.holds_on(as_of)), None)


def _basis(row: WorkflowState, titles: Mapping[int, str]) -> str:
    return titles.get(row.basis_id, "") if row.basis_id else row.basis_words


def _naming(row: WorkflowState, titles: Mapping[int, str], replaced: set[int | None], late: int) -> Naming:
    return Naming(
        label=row.label,
        since=row.effective_on,
        basis=_basis(row, titles),
        basis_id=row.basis_id,
        recorded_by=row.entry.actor_name,
        recorded_at=row.recorded_at,
        is_replaced=row.pk in replaced,
        late_entry=late,
    )


def _state(row: WorkflowState, basis: str, namings: tuple[Naming, ...], late: int) -> StateRow:
    return StateRow(
        code=row.code,
        label=row.label,
        state_class=row.state_class,
        class_label=str(StateClass(row.state_class).label),
        waits_for=str(Side(row.waits_for).label),
        since=row.effective_on,
        basis=basis,
        basis_id=row.basis_id,
        late_entry=late,
        namings=namings,
    )


def _scopes(ids: set[int], judged: _Judged, *, as_of: date, known_at: datetime | None) -> dict[int, list[Scope]]:
    rows = Definition.objects.filter(workflow_id__in=ids)
    standing = set(known(rows, known_at=known_at).values_list("pk", flat=True))
    every: list[Any] = list(
        recorded(rows, known_at=known_at)
        .annotate(list_called=called(as_of=as_of, known_at=known_at, through="programme"))
        .select_related("entry", "programme")
        .order_by("-effective_on", "-recorded_at", "-id")
    )
    titles = documents.short_titles({row.basis_id for row in every if row.basis_id}, known_at=known_at)
    groups = _groups({row.pk for row in every}, judged, as_of=as_of, known_at=known_at)
    parted: dict[tuple[int, int | None], list[Any]] = {}
    for row in every:
        parted.setdefault((row.workflow_id, row.programme_id), []).append(row)
    found: dict[int, list[Scope]] = {}
    for (workflow_id, _programme), same in sorted(parted.items(), key=_place):
        versions = {row.pk: _version(row, titles, groups.get(row.pk, ()), standing, judged) for row in same}
        holds = next((versions[row.pk] for row in same if row.pk in standing and row.holds_on(as_of)), None)
        list_of = same[0].programme
        found.setdefault(workflow_id, []).append(
            Scope(
                workflow_id,
                list_of.key if list_of else "",
                same[0].list_called or "",
                holds,
                tuple(versions.values()),
            )
        )
    return found


def _place(one: tuple[tuple[int, int | None], list[Definition]]) -> tuple[int, int]:
    """The common definition of a workflow first, then those of its lists in their order."""
    (workflow_id, _programme), rows = one
    return workflow_id, rows[0].programme.order if rows[0].programme else -1


def _version(
    row: Definition, titles: Mapping[int, str], groups: tuple[GroupRow, ...], standing: set[int], judged: _Judged
) -> Version:
    return Version(
        name=row.name,
        sentence=row.sentence,
        since=row.effective_on,
        basis=titles.get(row.basis_id, "") if row.basis_id else "",
        basis_id=row.basis_id,
        recorded_by=row.entry.actor_name,
        recorded_at=row.recorded_at,
        is_replaced=row.pk not in standing,
        late_entry=late_by(max(row.effective_on, judged.opened), row.recorded_at, judged.rule),
        groups=groups,
    )


def _groups(
    ids: set[int], judged: _Judged, *, as_of: date, known_at: datetime | None
) -> dict[int, tuple[GroupRow, ...]]:
    rows = list(
        DefinitionState.objects.filter(definition_id__in=ids)
        .select_related("group", "definition")
        .order_by("definition_id", "group__order", "id")
    )
    flows = _states({row.definition.workflow_id for row in rows}, judged, as_of=as_of, known_at=known_at)
    labels = {(flow, state.code): state.label for flow, states in flows.items() for state in states}
    grouped: dict[int, dict[int, list[DefinitionState]]] = {}
    for row in rows:
        grouped.setdefault(row.definition_id, {}).setdefault(row.group_id, []).append(row)
    return {
        definition: tuple(_group(same, labels) for same in groups.values()) for definition, groups in grouped.items()
    }


def _group(rows: list[DefinitionState], labels: Mapping[tuple[int, str], str]) -> GroupRow:
    group = rows[0].group
    states = tuple((row.state, labels.get((row.definition.workflow_id, row.state), row.state)) for row in rows)
    return GroupRow(group.code, group.label, group.state_class, str(StateClass(group.state_class).label), states)
