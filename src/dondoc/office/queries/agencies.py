"""Agencies as they were called on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Agency, AgencyName, Succession
from dondoc.office.models.facts import in_force, known
from dondoc.rules.text import folded, sort_key


class NoSuchAgency(Refused):
    """The agency does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency in a list: its name on the day, its short name, its level, and by whom it was followed."""

    id: int
    name: str
    short_name: str
    level: str
    is_temporary: bool
    is_class: bool
    successors: tuple[str, ...]
    ended_on: date | None

    @property
    def url(self) -> str:
        return f"/agencies/{self.id}/"


def named(name: str | None, *, office_id: int, as_of: date | None) -> int | None:
    """Find the agency that bears a name on a day (on any day, where the document has none)."""
    if not name:
        return None
    found = known(AgencyName.objects.filter(agency__office_id=office_id), known_at=None)
    wanted = folded(name)
    exact = found.filter(folded=wanted) | found.filter(short_name__iexact=name.strip())
    if as_of is not None:
        held = in_force(exact, as_of=as_of, known_at=None).order_by("-effective_on", "-id").first()
        if held is not None:
            return held.agency_id
    # Whoever bears the name from a later day on is meant: the register began later than the papers.
    later = exact if as_of is None else exact.filter(effective_on__gt=as_of)
    earliest = later.order_by("-backfilled", "effective_on", "id").first()
    return earliest.agency_id if earliest is not None else None


def unknown(names: Iterable[str], *, office_id: int, as_of: date | None) -> set[str]:
    """Say which of some names no agency of an office bears: those for which `named` finds none, in one query."""
    wanted = {name: (folded(name), name.strip().casefold()) for name in names}
    rows = known(AgencyName.objects.filter(agency__office_id=office_id), known_at=None)
    if as_of is not None:
        rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=as_of) | Q(effective_on__gt=as_of))
    borne = {key for row in rows.values_list("folded", "short_name") for key in ((row[0], ""), ("", row[1].casefold()))}
    return {name for name, (whole, short) in wanted.items() if not {(whole, ""), ("", short)} & borne}


def keys_like(stem: str, *, office_id: int) -> set[str]:
    """List the agency keys of an office that begin like this one."""
    return set(Agency.objects.filter(office_id=office_id, key__startswith=stem).values_list("key", flat=True))


def names(ids: Iterable[int], *, as_of: date, known_at: datetime | None) -> dict[int, tuple[str, str]]:
    """Give name and short name of agencies on a day; before the first day on record, the first name."""
    wanted = set(ids)
    rows = known(AgencyName.objects.filter(agency_id__in=wanted), known_at=known_at)
    found: dict[int, tuple[str, str]] = {}
    for row in rows.order_by("agency_id", "effective_on", "recorded_at", "id"):
        if row.effective_on <= as_of or row.agency_id not in found:
            found[row.agency_id] = (row.name, row.short_name)
    return found


def agencies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[AgencyRow]:
    """List the agencies of the viewer's office as they were called on a day, in Vietnamese order."""
    found = list(_visible(viewer).order_by("id"))
    called = names([agency.pk for agency in found], as_of=as_of, known_at=known_at)
    followed = _successors(viewer.office_id, as_of=as_of, known_at=known_at)
    rows = [
        AgencyRow(
            id=agency.pk,
            name=called[agency.pk][0],
            short_name=called[agency.pk][1],
            level=str(agency.get_level_display()),
            is_temporary=agency.is_temporary,
            is_class=agency.is_class,
            successors=followed.get(agency.pk, ((), None))[0],
            ended_on=followed.get(agency.pk, ((), None))[1],
        )
        for agency in found
        if agency.pk in called
    ]
    order = dict(_sort_keys(called))
    return sorted(rows, key=lambda row: (order[row.id], row.id))


def agency(agency_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> AgencyRow:
    """Give one agency as it was called on a day; refused when it is not in the viewer's sight."""
    for row in agencies(viewer=viewer, as_of=as_of, known_at=known_at):
        if row.id == agency_id:
            return row
    raise NoSuchAgency(_("There is no such agency in this office, or it is not yours."))


def _sort_keys(called: dict[int, tuple[str, str]]) -> list[tuple[int, str]]:

    return [(pk, sort_key(name)) for pk, (name, _short) in called.items()]


def _visible(viewer: Viewer) -> QuerySet[Agency]:
    found = Agency.objects.filter(office_id=viewer.office_id)
    return found if viewer.sees_all else found.filter(pk__in=viewer.agency_ids)


def _successors(
    office_id: int, *, as_of: date, known_at: datetime | None
) -> dict[int, tuple[tuple[str, ...], date | None]]:
    rows = list(
        in_force(Succession.objects.filter(predecessor__office_id=office_id), as_of=as_of, known_at=known_at).order_by(
            "id"
        )
    )
    called = names([r.successor_id for r in rows if r.successor_id], as_of=as_of, known_at=known_at)
    out: dict[int, tuple[tuple[str, ...], date | None]] = {}
    for row in rows:
        names_so_far, _day = out.get(row.predecessor_id, ((), None))
        more = (called[row.successor_id][0],) if row.successor_id else ()
        out[row.predecessor_id] = (names_so_far + more, row.effective_on)
    return out
