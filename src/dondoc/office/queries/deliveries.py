"""Deliveries as pages and commands show them: what became of each file, and how far the reading of them has got."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import (
    DeliveredFile,
    Delivery,
    DocumentHeader,
    Expunging,
    Reading,
    ReadingFailure,
)
from dondoc.office.models.facts import known, recorded
from dondoc.office.queries import documents
from dondoc.rules.text import folded

READ_JOB = "readings.read"


class NoSuchDelivery(Refused):
    """The delivery does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a delivery: what became of it, and of a document that is here what the reading gave.

    `state` is waiting, read or failed, and empty where there is nothing to read. `alike` are documents that bear the
    same issuer, kind, number and year.
    """

    delivery_id: int
    order: int
    at: datetime
    filename: str
    outcome: str
    outcome_label: str
    reason: str
    document_id: int | None
    title: str
    state: str
    problem: str
    alike: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery: who put in how many files, and how many of them came to what."""

    id: int
    name: str
    source: str
    source_label: str
    by: str
    at: datetime
    expected: int | None
    files: int
    taken: int
    duplicate: int
    secret: int
    refused: int
    unread: int
    failed: int
    unsent: int

    @property
    def url(self) -> str:
        return f"/deliveries/{self.id}/"


def _in_sight(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Delivery]:
    if not viewer.sees_all:
        raise NoSuchDelivery(_("Deliveries are seen by the people of the office itself only."))
    rows = Delivery.objects.filter(office_id=viewer.office_id, recorded_at__date__lte=as_of)
    return recorded(rows, known_at=known_at).select_related("entry")


def deliveries(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    start: int = 0,
    size: int | None = None,
    ids: Iterable[int] | None = None,
) -> list[DeliveryRow]:
    """List deliveries, the latest first; `ids` keeps only these."""
    rows = _in_sight(viewer=viewer, as_of=as_of, known_at=known_at).order_by("-id")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return _rows(list(rows[start : None if size is None else start + size]), known_at=known_at)


def delivery(delivery_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> DeliveryRow:
    """Give one delivery; refused when it is not in the viewer's sight."""
    rows = _in_sight(viewer=viewer, as_of=as_of, known_at=known_at).filter(pk=delivery_id)
    found = _rows(list(rows), known_at=known_at)
    if not found:
        raise NoSuchDelivery(_("There is no such delivery in this office."))
    return found[0]


def _rows(found: Sequence[Delivery], *, known_at: datetime | None) -> list[DeliveryRow]:
    files = recorded(DeliveredFile.objects.filter(delivery__in=found), known_at=known_at)
    counts = {
        (delivery_id, outcome): count
        for delivery_id, outcome, count in files.values_list("delivery_id", "outcome").annotate(Count("pk"))
    }
    states: dict[int, list[str]] = {}
    taken = dict(files.filter(outcome="taken").values_list("document_id", "delivery_id"))
    for document_id, (state, _problem) in _states(taken, known_at=known_at).items():
        states.setdefault(taken[document_id], []).append(state)
    return [_row(row, counts, states.get(row.pk, [])) for row in found]


def _row(row: Delivery, counts: dict[tuple[int, str], int], states: list[str]) -> DeliveryRow:
    of = {outcome: counts.get((row.pk, outcome), 0) for outcome in ("taken", "duplicate", "secret", "refused")}
    return DeliveryRow(
        id=row.pk,
        name=row.name,
        source=row.source,
        source_label=str(row.get_source_display()),
        by=row.entry.actor_name,
        at=row.recorded_at,
        expected=row.expected,
        files=sum(of.values()),
        unread=states.count("waiting"),
        failed=states.count("failed"),
        unsent=max((row.expected or 0) - sum(of.values()), 0),
        **of,
    )


def files(
    delivery_id: int,
    *,
    viewer: Viewer,
    known_at: datetime | None,
    since: datetime | None = None,
    order: int | None = None,
) -> list[FileRow]:
    """List the files of a delivery in their order; `since`: only those of which something became known after it."""
    if not viewer.sees_all:
        raise NoSuchDelivery(_("Deliveries are seen by the people of the office itself only."))
    rows = DeliveredFile.objects.filter(delivery_id=delivery_id, delivery__office_id=viewer.office_id)
    if order is not None:
        rows = rows.filter(order=order)
    found = list(recorded(rows, known_at=known_at).order_by("order"))
    if since is not None:
        moved = _moved([row.document_id for row in found if row.document_id], since=since)
        found = [row for row in found if row.recorded_at > since or row.document_id in moved]
    ids = [row.document_id for row in found if row.document_id]
    titles = documents.short_titles(ids, known_at=known_at)
    states = _states(ids, known_at=known_at)
    similar = alike([row.document_id for row in found if row.document_id and row.outcome == "taken"], known_at=known_at)
    return [
        FileRow(
            delivery_id=row.delivery_id,
            order=row.order,
            at=row.recorded_at,
            filename=row.filename,
            outcome=row.outcome,
            outcome_label=str(row.get_outcome_display()),
            reason=row.reason,
            document_id=row.document_id,
            title=titles.get(row.document_id, "") if row.document_id else "",
            state=states[row.document_id][0] if row.document_id else "",
            problem=states[row.document_id][1] if row.document_id else "",
            alike=tuple(similar.get(row.document_id, ())) if row.document_id else (),
        )
        for row in found
    ]


def _moved(ids: list[int], *, since: datetime) -> set[int]:
    """Say of which documents a reading, or that there could be none, was written down after an instant."""
    read = Reading.objects.filter(document_id__in=ids, recorded_at__gt=since).values_list("document_id", flat=True)
    failed = ReadingFailure.objects.filter(document_id__in=ids, recorded_at__gt=since)
    return {*read, *failed.values_list("document_id", flat=True)}


def last_news(delivery_id: int) -> datetime | None:
    """Say when something became known of a delivery last: a file, a reading or that there could be none."""
    rows = DeliveredFile.objects.filter(delivery_id=delivery_id)
    ids = rows.values("document_id")
    found = [
        rows.aggregate(at=Max("recorded_at"))["at"],
        Reading.objects.filter(document_id__in=ids).aggregate(at=Max("recorded_at"))["at"],
        ReadingFailure.objects.filter(document_id__in=ids).aggregate(at=Max("recorded_at"))["at"],
    ]
    return max((at for at in found if at is not None), default=None)


def _states(ids: Iterable[int], *, known_at: datetime | None) -> dict[int, tuple[str, str]]:
    """Say of each document whether it waits to be read, was read, or could not be; of the last also why."""
    wanted = list(ids)
    readings = recorded(Reading.objects.filter(document_id__in=wanted), known_at=known_at).order_by("recorded_at")
    read = dict(readings.values_list("document_id", "recorded_at"))
    problems = _problems(wanted, read, known_at=known_at)
    again = queued(problems) if problems else set()
    out = {}
    for pk in wanted:
        if pk in problems and pk not in again:
            out[pk] = ("failed", problems[pk])
        else:
            out[pk] = ("read" if pk in read else "waiting", "")
    return out


def _problems(ids: list[int], read: dict[int, datetime], *, known_at: datetime | None) -> dict[int, str]:
    """Give the reason of each failure that no reading came after."""
    rows = recorded(ReadingFailure.objects.filter(document_id__in=ids), known_at=known_at).order_by("recorded_at")
    return {
        row.document_id: row.reason
        for row in rows
        if row.document_id not in read or read[row.document_id] < row.recorded_at
    }


def failure_of(document_id: int, *, known_at: datetime | None) -> str:
    """Say why a document could not be read, where the last attempt failed; empty otherwise."""
    readings = recorded(Reading.objects.filter(document_id=document_id), known_at=known_at).order_by("recorded_at")
    read = dict(readings.values_list("document_id", "recorded_at"))
    return _problems([document_id], read, known_at=known_at).get(document_id, "")


def queued(document_ids: Iterable[int]) -> set[int]:
    """Say which documents are in the queue for reading, or being read, this very moment."""
    jobs = ProcrastinateJob.objects.filter(task_name=READ_JOB, status__in=("todo", "doing"))
    wanted = set(document_ids)
    return {args["document_id"] for args in jobs.values_list("args", flat=True) if args["document_id"] in wanted}


def alike(document_ids: Sequence[int], *, known_at: datetime | None) -> dict[int, list[tuple[int, str]]]:
    """Find for each document those that came before it with the same issuer, kind, number, and year or term."""
    heads = known(DocumentHeader.objects.filter(document_id__in=document_ids).exclude(number=""), known_at=known_at)
    own = {row.document_id: row for row in heads.order_by("id").select_related("document")}
    if not own:
        return {}
    offices = {row.document.office_id for row in own.values()}
    numbers = {row.number for row in own.values()}
    others = known(
        DocumentHeader.objects.filter(document__office_id__in=offices, number__in=numbers), known_at=known_at
    ).select_related("document")
    same: dict[tuple[object, ...], list[DocumentHeader]] = {}
    for row in others.order_by("document_id"):
        same.setdefault(_key(row), []).append(row)
    return {
        pk: [(one.document_id, documents.title_of(one)) for one in same.get(_key(row), []) if one.document_id < pk]
        for pk, row in own.items()
    }


def _key(row: DocumentHeader) -> tuple[object, ...]:
    """Give what names a document: a number alone stands for two (59-NQ/TW exists twice)."""
    year = row.issued_on.year if row.issued_on else row.term
    issuer = row.issuer_id or folded(row.issuer_name)
    return (row.document.office_id, issuer, folded(row.kind), row.number, year)


def check_in_sight(delivery_id: int, *, viewer: Viewer) -> None:
    """Make sure that a delivery is in the viewer's sight, without counting its files."""
    if not viewer.sees_all:
        raise NoSuchDelivery(_("Deliveries are seen by the people of the office itself only."))
    check_of_office(delivery_id, office_id=viewer.office_id)


def check_of_office(delivery_id: int, *, office_id: int) -> None:
    """Make sure that a delivery that is added to is the office's own."""
    if not Delivery.objects.filter(pk=delivery_id, office_id=office_id).exists():
        raise NoSuchDelivery(_("There is no such delivery in this office."))


def of_key(key: UUID, *, office_id: int) -> int | None:
    """Find the delivery that was begun under a key."""
    return Delivery.objects.filter(key=key, office_id=office_id).values_list("pk", flat=True).first()


def unfinished(name: str, *, source: str, office_id: int) -> int | None:
    """Find the last delivery of a folder, where files that it announced have not come: a run that was cut off."""
    rows = Delivery.objects.filter(office_id=office_id, source=source, name=name).order_by("-id")
    last = rows.annotate(came=Count("files")).first()
    return last.pk if last is not None and last.expected is not None and last.came < last.expected else None


def of_day(name: str, *, source: str, office_id: int, on: date) -> int | None:
    """Find the delivery of a watched folder that was begun on a day."""
    rows = Delivery.objects.filter(office_id=office_id, source=source, name=name, recorded_at__date=on)
    return rows.order_by("-id").values_list("pk", flat=True).first()


def at_place(delivery_id: int, order: int) -> int | None:
    """Find the file that stands at a place of a delivery."""
    return DeliveredFile.objects.filter(delivery_id=delivery_id, order=order).values_list("pk", flat=True).first()


def next_place(delivery_id: int) -> int:
    """Give the place behind the last file of a delivery."""
    return (DeliveredFile.objects.filter(delivery_id=delivery_id).aggregate(last=Max("order"))["last"] or 0) + 1


def brought(delivery_id: int, filename: str, *, document_id: int) -> int | None:
    """Find the place at which a delivery brought a document under a name, the last where there are several."""
    rows = DeliveredFile.objects.filter(delivery_id=delivery_id, filename=filename, document_id=document_id)
    return rows.order_by("-order").values_list("order", flat=True).first()


def refused_at(delivery_id: int, *, filename: str, reason: str) -> int | None:
    """Find the place at which a delivery refused a file of a name for the same reason."""
    rows = DeliveredFile.objects.filter(delivery_id=delivery_id, filename=filename, reason=reason, outcome="refused")
    return rows.values_list("order", flat=True).first()


def was_expunged(sha256: str, *, office_id: int) -> bool:
    """Say whether a file with these bytes was found secret here once, and destroyed."""
    return Expunging.objects.filter(sha256=sha256, document__office_id=office_id).exists()
