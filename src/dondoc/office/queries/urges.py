"""Urges: what was said to which agency about a duty, or about a clause of which nothing had been made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from dondoc.office.access import Viewer
from dondoc.office.models import Urge
from dondoc.office.models.facts import recorded
from dondoc.office.queries import agencies, documents
from dondoc.rules.urges import UnknownWay, channel, kind


@dataclass(frozen=True, slots=True)
class UrgeRow:
    """One urge as a list shows it; `url` leads to what it is about."""

    id: int
    number: int
    kind: str
    channel: str
    on: date
    answer_by: date | None
    text: str
    agency_id: int
    agency: str
    agency_short: str
    about: str
    url: str
    clause_id: int | None
    duty_id: int | None
    recorded_by: str


def urges(
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    clauses: Collection[int] | None = None,
    duty: int | None = None,
    agency: int | None = None,
    start: int = 0,
    size: int | None = None,
) -> list[UrgeRow]:
    """List urges up to a day, the latest first; a focal point's own agencies' only."""
    rows = _visible(viewer=viewer, as_of=as_of, known_at=known_at)
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    if duty is not None:
        rows = rows.filter(duty=duty)
    if agency is not None:
        rows = rows.filter(agency=agency)
    rows = rows.select_related("clause", "duty__task", "entry").order_by("-urged_on", "-id")
    found = list(rows[start : None if size is None else start + size])
    called = agencies.names({row.agency_id for row in found}, as_of=as_of, known_at=known_at)
    titles = documents.short_titles({row.clause.document_id for row in found if row.clause}, known_at=known_at)
    return [_row(row, called, titles) for row in found]


def _visible(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> QuerySet[Urge]:
    rows = recorded(Urge.objects.filter(office_id=viewer.office_id, urged_on__lte=as_of), known_at=known_at)
    return rows if viewer.sees_all else rows.filter(agency_id__in=viewer.agency_ids)


def _row(row: Urge, called: dict[int, tuple[str, str]], titles: dict[int, str]) -> UrgeRow:
    name, short = called.get(row.agency_id, ("", ""))
    if row.clause is not None:
        about = f"{titles.get(row.clause.document_id, '')}, {row.clause.address}"
        url = f"/clauses/{row.clause_id}/"
    else:
        assert row.duty is not None  # the table demands one of the two
        about, url = row.duty.task.title, f"/duties/{row.duty_id}/"
    return UrgeRow(
        id=row.pk,
        number=row.number,
        kind=_word(row.kind, row.urged_on),
        channel=_word(row.channel, row.urged_on),
        on=row.urged_on,
        answer_by=row.answer_by,
        text=row.text,
        agency_id=row.agency_id,
        agency=name,
        agency_short=short,
        about=about,
        url=url,
        clause_id=row.clause_id,
        duty_id=row.duty_id,
        recorded_by=row.entry.actor_name,
    )


def _word(key: str, on: date) -> str:
    """Name a kind or a channel as it was called on the day; one that the data lost keeps its key."""
    for find in (kind, channel):
        try:
            return find(key, on=on).label
        except UnknownWay:
            continue
    return key


def last(*, office_id: int, agency: int, clause: int | None = None, duty: int | None = None) -> tuple[int, date | None]:
    """Give number and day of the latest urge about a clause to an agency, or about a duty; 0 where there was none."""
    rows = Urge.objects.filter(office_id=office_id)
    rows = rows.filter(clause=clause, agency=agency) if clause is not None else rows.filter(duty=duty)
    return rows.order_by("-number").values_list("number", "urged_on").first() or (0, None)
