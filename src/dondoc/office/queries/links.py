"""What documents do to one another: the links of one, and the picture of those around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import DocumentHeader, DocumentLink, DocumentWords, LinkKind
from dondoc.office.models.facts import in_force, known
from dondoc.office.queries import documents, parameters
from dondoc.office.queries.happenings.lateness import began_late, came_in, ended_late, formers
from dondoc.rules.search import order_key

# What says most about a document comes first.
RANK = {kind: place for place, kind in enumerate(("implements", "makes_concrete", "amends", "replaces", "cites"))}
STEPS = 2
WIDEST = 8  # documents of one step that a picture holds


class NoSuchLink(Refused):
    """The link does not exist, or was changed or ended meanwhile."""


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What a document does to another. Without `target_id` the other is not in the register, or not in sight.

    `clause` is the address of the clause to which it does it, and empty where it is about the whole document.
    `until` is the day from which on it does so no more, where one is known; `late_entry` and `late_end` say by how many
    days it was entered late that it began and that it ended.
    """

    id: int
    kind: str
    label: str
    source_id: int
    number: str
    target_id: int | None
    since: date
    start: int | None
    end: int | None
    clause: str = ""
    until: date | None = None
    late_entry: int = 0
    late_end: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the picture: how many steps above (-) or below (+) the one in the middle it stands."""

    key: str
    document_id: int | None
    title: str
    subject: str
    step: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of the picture, from the document that says it to the one that it names."""

    source: str
    target: str
    kind: str
    label: str
    late_entry: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands around a document; `is_cut` says that there are more than a picture holds."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    is_cut: bool


def link(link_id: int, *, office_id: int) -> DocumentLink:
    """Give the row of a link that nothing has replaced yet, for the action that changes or ends it."""
    rows = known(DocumentLink.objects.filter(pk=link_id, document__office_id=office_id), known_at=None)
    found = rows.first()
    if found is None:
        raise NoSuchLink(_("This link was changed or ended meanwhile. Load the page again."))
    return found


def same(document_id: int, *, kind: str, number: str, as_of: date) -> bool:
    """Say whether a document has such a link on a day already: to the whole of the other one, not to a clause of it."""
    rows = DocumentLink.objects.filter(document_id=document_id, kind=kind, target_number__iexact=number)
    rows = rows.filter(target_clause=None)
    return in_force(rows, as_of=as_of, known_at=None).exists()


def links(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    """List what a document does to others, what says most first; a document out of sight is named by its number."""
    rows = _out([document_id], viewer=viewer, as_of=as_of, known_at=known_at)
    return _in_sight(rows, viewer=viewer, as_of=as_of, known_at=known_at)


def ended(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    """List what a document once did to others and does no more on a day; what it never did is left out."""
    every = DocumentLink.objects.filter(document_id=document_id, document__office_id=viewer.office_id)
    past = known(every, known_at=known_at).filter(until_on__lte=as_of, until_on__gt=F("effective_on"))
    rows = _rows(past, viewer=viewer, as_of=as_of, known_at=known_at)
    return _in_sight(rows, viewer=viewer, as_of=as_of, known_at=known_at) if rows else []


def _in_sight(rows: list[LinkRow], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    seen = _seen(rows, viewer=viewer, as_of=as_of, known_at=known_at)
    return [row if row.target_id in seen else replace(row, target_id=None) for row in rows]


def _out(ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    """List what documents do to others; a number that came into the register later is found there too."""
    found = DocumentLink.objects.filter(document_id__in=set(ids), document__office_id=viewer.office_id)
    holding = in_force(found, as_of=as_of, known_at=known_at)
    return _rows(holding, viewer=viewer, as_of=as_of, known_at=known_at)


def _in(ids: Iterable[int], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    """List what other documents do to these."""
    wanted = set(ids)
    heads = known(DocumentHeader.objects.filter(document_id__in=wanted).exclude(number=""), known_at=known_at)
    numbers = set(heads.values_list("number", flat=True))
    found = DocumentLink.objects.filter(
        Q(target_id__in=wanted) | Q(target=None, target_number__in=numbers), document__office_id=viewer.office_id
    )
    holding = in_force(found, as_of=as_of, known_at=known_at)
    rows = _rows(holding, viewer=viewer, as_of=as_of, known_at=known_at)
    return [row for row in rows if row.target_id in wanted]


def _rows(found: QuerySet[DocumentLink], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    found = found.annotate(came_in=came_in("document", known_at=known_at), address=F("target_clause__address"))
    records: list[Any] = list(found)
    before = formers(records)
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    rows = [
        LinkRow(
            id=row.pk,
            kind=row.kind,
            label=str(LinkKind(row.kind).label),
            source_id=row.document_id,
            number=row.target_number,
            target_id=row.target_id,
            since=row.effective_on,
            start=row.start,
            end=row.end,
            clause=row.address or "",
            until=row.until_on,
            late_entry=began_late(row, before, "kind", rule=rule, not_before=row.came_in),
            late_end=ended_late(row, before, rule=rule, not_before=row.came_in),
        )
        for row in records
    ]
    unknown = {row.number for row in rows if row.target_id is None}
    bearing = _bearing(unknown, viewer=viewer, as_of=as_of, known_at=known_at) if unknown else {}
    rows = [row if row.target_id is not None else replace(row, target_id=_meant(row, bearing)) for row in rows]
    return sorted(rows, key=lambda row: (RANK[row.kind], row.start is None, row.start or 0, row.id))


def _bearing(
    numbers: Iterable[str], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> dict[str, list[tuple[date, int]]]:
    """Find the documents that bear numbers, by number: the day of issue and the document, the latest last."""
    rows = DocumentWords.objects.filter(
        office_id=viewer.office_id, number_key__in={order_key(number) for number in numbers}, day__lte=as_of
    ).exclude(issued_on=None)
    if known_at is None:
        rows = rows.filter(replaced_at=None)
    else:
        rows = rows.filter(Q(replaced_at=None) | Q(replaced_at__gt=known_at), recorded_at__lte=known_at)
    found: dict[str, list[tuple[date, int]]] = {}
    for key, day, document_id in rows.order_by("day", "document_id").values_list("number_key", "day", "document_id"):
        found.setdefault(key, []).append((day, document_id))
    return found


def _meant(row: LinkRow, bearing: dict[str, list[tuple[date, int]]]) -> int | None:
    """Choose the document that a number means: of those issued by the day of the link, the last."""
    ids = [pk for day, pk in bearing.get(order_key(row.number), []) if day <= row.since and pk != row.source_id]
    return ids[-1] if ids else None


def _seen(rows: Iterable[LinkRow], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> frozenset[int]:
    ids = {pk for row in rows for pk in (row.source_id, row.target_id) if pk is not None}
    found = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at).filter(pk__in=ids)
    return frozenset(found.values_list("pk", flat=True))


def picture(document_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Picture:
    """Draw what stands around a document: two steps up to what it names, two steps down to what names it.

    Links from or to a document that is not in the viewer's sight are left out; a number that no document of the
    register bears stays, without a document.
    """
    moment = (viewer, as_of, known_at)
    steps = {f"d{document_id}": 0}
    edges: dict[Edge, None] = {}
    is_cut = False
    for direction in (-1, 1):
        reached = [document_id]
        for step in range(1, STEPS + 1):
            found = _around(reached, direction, *moment)
            fresh = dict.fromkeys(_far(row, direction) for row in found)
            new = [key for key in fresh if key not in steps]
            is_cut = is_cut or len(new) > WIDEST
            steps |= dict.fromkeys(new[:WIDEST], direction * step)
            for row in found:
                edge = Edge(f"d{row.source_id}", _target(row), row.kind, row.label, row.late_entry)
                if edge.source in steps and edge.target in steps and edge.source != edge.target:
                    edges[edge] = None
            reached = [int(key[1:]) for key in new[:WIDEST] if key.startswith("d")]
            if not reached:
                break
    return Picture(_nodes(steps, known_at=known_at), tuple(edges), is_cut)


def _around(ids: list[int], direction: int, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[LinkRow]:
    look = _out if direction < 0 else _in
    rows = look(ids, viewer=viewer, as_of=as_of, known_at=known_at)
    seen = _seen(rows, viewer=viewer, as_of=as_of, known_at=known_at)
    return [row for row in rows if row.source_id in seen and (row.target_id is None or row.target_id in seen)]


def _target(row: LinkRow) -> str:
    return f"d{row.target_id}" if row.target_id is not None else f"n{row.number}"


def _far(row: LinkRow, direction: int) -> str:
    return _target(row) if direction < 0 else f"d{row.source_id}"


def _nodes(steps: dict[str, int], *, known_at: datetime | None) -> tuple[Node, ...]:
    ids = [int(key[1:]) for key in steps if key.startswith("d")]
    rows = known(DocumentHeader.objects.filter(document_id__in=ids), known_at=known_at).order_by("id")
    heads = {row.document_id: row for row in rows}
    found = []
    for key, step in steps.items():
        if key.startswith("d"):
            head = heads[int(key[1:])]
            found.append(Node(key, head.document_id, documents.title_of(head), head.subject, step))
        else:
            found.append(Node(key, None, key[1:], "", step))
    return tuple(found)
