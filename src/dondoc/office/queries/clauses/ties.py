"""What is tied to the clauses of a document, and how many clauses that leaves with nothing.

A thing belongs to the clause that it names, or in whose words it lies (the innermost). What is tied to a part above
belongs to that part and does not cover the clauses within: a gap below must not be hidden by a general word above it.
Which clauses count is `rules.clauses`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, Q

from dondoc.office.access import Viewer
from dondoc.office.models import (
    Clause,
    ClauseRelease,
    DocumentLink,
    Indicator,
    LinkKind,
    TaskClause,
    Urge,
)
from dondoc.office.models.facts import in_force, late_by, recorded
from dondoc.office.models.programmes import listed
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries import documents, indicators, parameters, standing
from dondoc.office.queries.happenings.lateness import came_in
from dondoc.office.queries.indicators import IndicatorRow
from dondoc.office.queries.standing import StandingDuty
from dondoc.rules.clauses import Part, Place, innermost, tree

CONCRETE = (LinkKind.MAKES_CONCRETE.value, LinkKind.IMPLEMENTS.value)


@dataclass(slots=True)
class Ties:
    """What is tied to the clauses of some documents, by the clauses' keys.

    `by_hand` gives for a clause and a task the tie that an officer entered, which can be ended as a mistake; `late` by
    how many days it was entered late that a task comes from a clause.
    """

    clauses: dict[int, Clause] = field(default_factory=dict)
    places: dict[int, list[Place]] = field(default_factory=dict)
    tasks: dict[int, dict[int, tuple[bool, str, str, StandingDuty]]] = field(default_factory=dict)
    by_hand: dict[tuple[int, int], int] = field(default_factory=dict)
    late: dict[tuple[int, int], int] = field(default_factory=dict)
    links: dict[int, list[DocumentLink]] = field(default_factory=dict)
    indicators: dict[int, list[IndicatorRow]] = field(default_factory=dict)
    releases: dict[int, ClauseRelease] = field(default_factory=dict)

    def counted(self, document_id: int) -> list[int]:
        """List the clauses of a document that are to be made concrete, in the order of the text."""
        return [place.part.key for place in self.places.get(document_id, []) if place.is_counted]

    def find(self, document_id: int, clause_id: int | None, start: int | None, end: int | None) -> int | None:
        """Find the clause that a tie names, or in whose words it lies."""
        if clause_id is not None or start is None or end is None:
            return clause_id
        return innermost(self.places.get(document_id, []), start, end)


def tied(document_ids: Collection[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Ties:
    """Gather what is tied to the clauses of some documents, as far as it is in the viewer's sight on a day."""
    seen = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
    ids = dict(seen.filter(pk__in=document_ids).values_list("pk", came_in(known_at=known_at)))
    found = Ties()
    parts: dict[int, list[Part]] = {}
    for clause in recorded(Clause.objects.filter(document_id__in=ids), known_at=known_at):
        found.clauses[clause.pk] = clause
        parts.setdefault(clause.document_id, []).append(Part(clause.pk, clause.start, clause.end, clause.heading))
    found.places = {document_id: tree(rows, on=as_of) for document_id, rows in parts.items()}
    if not found.clauses:
        return found
    _tie_tasks(found, ids, viewer=viewer, as_of=as_of, known_at=known_at)
    links = DocumentLink.objects.filter(target_clause__in=found.clauses, kind__in=CONCRETE, document__in=seen)
    links = links.annotate(came_in=came_in("document", known_at=known_at))
    for link in in_force(links, as_of=as_of, known_at=known_at).order_by("effective_on", "id"):
        found.links.setdefault(link.target_clause_id or 0, []).append(link)
    released = ClauseRelease.objects.filter(clause__in=found.clauses).select_related("entry")
    for release in in_force(released, as_of=as_of, known_at=known_at).order_by("effective_on", "id"):
        found.releases[release.clause_id] = release
    for indicator in indicators.of_documents(found.places, viewer=viewer, as_of=as_of, known_at=known_at):
        place = found.find(indicator.document_id, indicator.clause_id, indicator.start, indicator.end)
        if place is not None:
            found.indicators.setdefault(place, []).append(indicator)
    return found


def _tie_tasks(found: Ties, came: dict[int, date], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> None:
    said = standing_ties(TaskClause.objects.filter(document_id__in=found.places), known_at=known_at).order_by("id")
    columns = ("pk", "task_id", "document_id", "clause_id", "start", "end", "recorded_at", "task__assigned_on")
    ties = list(said.values_list(*columns))
    rows = standing.ask(
        """
        select exists (select 1 from duty o where o.task_id = task.task_id and o.visible and o.bucket = 'late'),
               task.state_class, task.state_label, lead.*
        from task join lead on lead.task_id = task.task_id
        """,
        viewer=viewer,
        as_of=as_of,
        known_at=known_at,
        tasks=sorted({task_id for _pk, task_id, *_rest in ties}),
    )
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    stand = {lead.task_id: (late, klass, label, lead) for late, klass, label, *d in rows if (lead := StandingDuty(*d))}
    for pk, task_id, document_id, clause_id, start, end, recorded_at, assigned_on in ties:
        place = found.find(document_id, clause_id, start, end)
        if place is not None and task_id in stand:
            found.tasks.setdefault(place, {})[task_id] = stand[task_id]
            found.late.setdefault((place, task_id), late_by(max(assigned_on, came[document_id]), recorded_at, rule))
            if start is None:
                found.by_hand[place, task_id] = pk


def followed(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[int]:
    """List the documents that are followed clause by clause: a list stands under them, or something names a clause."""
    lists = listed(as_of=as_of, known_at=known_at)
    links = in_force(DocumentLink.objects.filter(kind__in=CONCRETE), as_of=as_of, known_at=known_at)
    set_in = recorded(Indicator.objects.filter(targets__effective_on__lte=as_of), known_at=known_at)
    urged = recorded(Urge.objects.filter(urged_on__lte=as_of), known_at=known_at)
    released = in_force(ClauseRelease.objects.all(), as_of=as_of, known_at=known_at)
    rows = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at).filter(
        Q(pk__in=lists.values("resolution"))
        | Q(pk__in=links.filter(target_clause__isnull=False).values(pk=F("target_clause__document")))
        | Q(pk__in=set_in.values("document"))
        | Q(pk__in=urged.filter(clause__isnull=False).values(pk=F("clause__document")))
        | Q(pk__in=released.values(pk=F("clause__document")))
    )
    numbered = recorded(Clause.objects.all(), known_at=known_at)
    return list(rows.filter(pk__in=numbered.values("document")).order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many clauses of a document are to be made concrete, and what was made of how many."""

    title: str
    total: int
    with_tasks: int
    made_concrete: int
    with_indicators: int
    needing_nothing: int
    with_nothing: int


def coverages(
    document_ids: Collection[int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[int, Coverage]:
    """Count for some documents what was made of their clauses; those without clauses, or not in sight, are left out."""
    found = tied(document_ids, viewer=viewer, as_of=as_of, known_at=known_at)
    titles = documents.short_titles(found.places, known_at=known_at)
    return {
        document_id: Coverage(
            titles.get(document_id, ""),
            *(len(of_kind(found, document_id, kind)) for kind in KINDS),
        )
        for document_id in found.places
    }


KINDS = ("total", "with_tasks", "made_concrete", "with_indicators", "needing_nothing", "with_nothing")


def of_kind(found: Ties, document_id: int, kind: str) -> list[int]:
    """List the clauses of a document that a count of `Coverage` counts."""
    some: dict[str, Collection[int]] = {
        "with_tasks": found.tasks,
        "made_concrete": found.links,
        "with_indicators": found.indicators,
        "needing_nothing": found.releases,
    }
    counted = found.counted(document_id)
    if kind == "total":
        return counted
    if kind == "with_nothing":
        return [key for key in counted if not any(key in ties for ties in some.values())]
    return [key for key in counted if key in some[kind]]
