"""Agencies as they were called on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Agency, AgencyName, DocumentHeader, Office, Succession, SuccessionKind
from dondoc.office.models.facts import in_force, known, late_by
from dondoc.office.queries import parameters
from dondoc.reader.names import added_place, agency_forms, full_name, new_form, surety_of
from dondoc.reader.reform import next_step
from dondoc.rules.succession import circle, follower
from dondoc.rules.text import folded, sort_key


class NoSuchAgency(Refused):
    """The agency does not exist, or is not in the viewer's sight."""


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency in a list: its name on the day, its short name, its level, by whom it was followed, by which document.

    `basis_id` is that document where the register holds it, `basis` its number where it does not; `late_end` says by
    how many days it was entered late that the agency ended.
    """

    id: int
    name: str
    short_name: str
    level: str
    is_temporary: bool
    is_class: bool
    successors: tuple[str, ...]
    ended_on: date | None
    basis_id: int | None = None
    basis: str = ""
    late_end: int = 0

    @property
    def url(self) -> str:
        return f"/agencies/{self.id}/"


@dataclass(frozen=True, slots=True)
class _Borne:
    """A name that an agency bore, as `named` weighs it."""

    agency: int
    since: date
    until: date | None
    backfilled: bool
    key: int

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def bearing(name: str | None, *, office_id: int, as_of: date | None) -> int | None:
    """Find the agency that bears exactly this name on a day (on any day, where the document has none)."""
    return _borne_by((name,), _borne((name,), office_id=office_id), as_of=as_of) if name else None


@dataclass(frozen=True, slots=True)
class ReformRow:
    """An agency of the office that the reform of 2025 ended: what follows it, since when, by which document.

    `follows` is empty where nothing does, `follower_id` empty where the register does not hold it yet. `surety` is
    "read", "day" (the day is to be checked) or "memory" (all of it is). `recorded` says what the office has recorded.
    """

    agency_id: int
    name: str
    follows: str
    follower_id: int | None
    on: date
    kind: str
    kind_label: str
    number: str
    basis_id: int | None
    source: str
    surety: str
    recorded: str

    @property
    def is_sure(self) -> bool:
        """Whether the cited text says so, the day too."""
        return self.surety == "read"


# How the reform's data say it, and how a succession does: a body replaced by another one is followed by it alone.
_HOW = {"merged": "merged", "replaced": "renamed", "renamed": "renamed", "dissolved": "dissolved", "split": "split"}


def reform(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ReformRow]:
    """List the agencies of the office that the reform of 2025 had ended by a day, recorded already or not."""
    if not viewer.sees_all:
        raise NoSuchAgency(_("There is no such agency in this office, or it is not yours."))
    office_id = viewer.office_id
    ids = Agency.objects.filter(office_id=office_id, is_class=False).values_list("pk", flat=True)
    called = names(ids, as_of=as_of, known_at=known_at)
    followed = _successors(viewer, as_of=as_of, known_at=known_at)
    home, borne = _home(office_id, as_of=as_of), _borne(None, office_id=office_id)
    found: list[ReformRow] = []
    for agency_id, (name, _short) in called.items():
        full = full_name(name, home=home)
        step = next_step(full, as_of)
        if step is None:
            continue
        follows, fact = step
        # Where the register leaves its own place out, what follows is called without it, too.
        follows = follows.removesuffix(added_place(name, home=home))
        forms = agency_forms(follows, issuer=None, home=home, on=None) if follows else ()
        kind = SuccessionKind(_HOW[fact.how])
        ending = followed.get(agency_id, STANDS)
        found.append(
            ReformRow(
                agency_id=agency_id,
                name=name,
                follows=follows,
                follower_id=_borne_by(forms, borne, as_of=fact.on),
                on=ending.on or fact.on,
                kind=kind.value,
                kind_label=_("replaced by") if fact.how == "replaced" else str(kind.label),
                number=ending.basis or fact.number,
                basis_id=ending.basis_id,
                source=fact.source,
                surety=surety_of(fact, full),
                recorded="; ".join(ending.successors) or (str(SuccessionKind.DISSOLVED.label) if ending.on else ""),
            )
        )
    return _with_basis(found, office_id)


def _with_basis(rows: list[ReformRow], office_id: int) -> list[ReformRow]:
    """Point each row to the document of the office that bears the number, where the office has it."""
    numbers = {row.number for row in rows if row.number}
    heads = known(DocumentHeader.objects.filter(document__office_id=office_id, number__in=numbers), known_at=None)
    held = dict(heads.order_by("-document_id").values_list("number", "document_id"))
    order = {row.agency_id: (row.on, sort_key(row.name), row.agency_id) for row in rows}
    pointed = (replace(row, basis_id=row.basis_id or held.get(row.number)) for row in rows)
    return sorted(pointed, key=lambda row: order[row.agency_id])


def named(name: str | None, *, office_id: int, as_of: date | None, issuer: str | None = None) -> int | None:
    """Find the agency that a document of a day means by a name.

    `issuer` is whose document it is (the office's own body, where nothing is said): it completes "UBND thành phố" and
    "Văn phòng". Names that had ended by that day lead to what followed, by the reform of 2025 and by the successions
    that the office recorded. None: the register does not know the agency.
    """
    if not name:
        return None
    forms = agency_forms(name, issuer=issuer, home=_home(office_id, as_of=as_of), on=as_of)
    found = _borne_by(forms, _borne(forms, office_id=office_id), as_of=as_of)
    return found if found is None or as_of is None else stands_for(found, office_id=office_id, as_of=as_of)


def name_to_enter(name: str, *, office_id: int, as_of: date, issuer: str | None) -> str:
    """Give the name under which an agency is entered that `named` does not find."""
    return new_form(name, issuer=issuer, home=_home(office_id, as_of=as_of))


def unknown(names: Iterable[str], *, office_id: int, as_of: date | None, issuer: str | None = None) -> set[str]:
    """Say which of some names no agency of an office bears: those for which `named` finds none, asked all at once."""
    wanted, borne = set(names), _borne(None, office_id=office_id)
    if not wanted:
        return wanted
    home = _home(office_id, as_of=as_of)
    forms = {name: agency_forms(name, issuer=issuer, home=home, on=as_of) for name in wanted}
    return {name for name in wanted if _borne_by(forms[name], borne, as_of=as_of) is None}


def _borne(forms: Iterable[str] | None, *, office_id: int) -> dict[tuple[str, str], list[_Borne]]:
    """List the names that agencies of an office bore, on whatever day: all, or those of some forms."""
    rows = known(AgencyName.objects.filter(agency__office_id=office_id), known_at=None)
    if forms is not None:
        wanted = Q(folded__in={folded(form) for form in forms})
        for form in forms:
            wanted |= Q(short_name__iexact=form.strip())
        rows = rows.filter(wanted)
    columns = ("folded", "short_name", "agency_id", "effective_on", "until_on", "backfilled", "id")
    found: dict[tuple[str, str], list[_Borne]] = {}
    for name, short, *rest in rows.values_list(*columns):
        for key in (("name", name), ("short", short.casefold())):
            found.setdefault(key, []).append(_Borne(*rest))
    return found


def _borne_by(forms: Iterable[str], borne: dict[tuple[str, str], list[_Borne]], *, as_of: date | None) -> int | None:
    """Say which agency bears one of some names, the first form first."""
    several = [
        [*borne.get(("name", folded(form)), ()), *borne.get(("short", form.strip().casefold()), ())] for form in forms
    ]
    if as_of is not None:
        for rows in several:
            held = [row for row in rows if row.holds_on(as_of)]
            if held:
                return max(held, key=lambda row: (row.since, row.key)).agency
    for rows in several:
        # Whoever bears the name from a later day on is meant: the register began later than the papers.
        later = [row for row in rows if as_of is None or row.since > as_of]
        if later:
            return min(later, key=lambda row: (not row.backfilled, row.since, row.key)).agency
    return None


def _home(office_id: int, *, as_of: date | None) -> str | None:
    """Name the body whose register an office keeps, as it was called on a day."""
    offices = Office.objects.filter(pk=office_id)
    rows = known(AgencyName.objects.filter(agency_id__in=offices.values("agency_id")), known_at=None)
    called = list(rows.order_by("effective_on", "id").values_list("effective_on", "name"))
    return next(
        (name for since, name in reversed(called) if as_of is None or since <= as_of), called[0][1] if called else None
    )


def stands_for(agency_id: int, *, office_id: int, as_of: date) -> int:
    """Give the agency that stands for one on a day: itself, or what it became alone; after a split it stays itself."""
    rows = Succession.objects.filter(predecessor__office_id=office_id)
    return follower(agency_id, _onward(in_force(rows, as_of=as_of, known_at=None)))


def leads_back(predecessor_id: int, successor_id: int, *, office_id: int, on: date) -> tuple[int, ...]:
    """Give the agencies through which a succession from a day on would lead back to where it begins; empty if not.

    Whatever is on record counts that has not ended by that day, also what begins later.
    """
    rows = known(Succession.objects.filter(predecessor__office_id=office_id), known_at=None)
    lasting = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=on) & Q(until_on__gt=F("effective_on")))
    return circle(predecessor_id, successor_id, _onward(lasting))


def _onward(rows: QuerySet[Succession]) -> dict[int, set[int | None]]:
    onward: dict[int, set[int | None]] = {}
    for predecessor, successor in rows.values_list("predecessor_id", "successor_id"):
        onward.setdefault(predecessor, set()).add(successor)
    return onward


def keys_like(stem: str, *, office_id: int) -> set[str]:
    """List the agency keys of an office that begin like this one."""
    return set(Agency.objects.filter(office_id=office_id, key__startswith=stem).values_list("key", flat=True))


def names(ids: Iterable[int], *, as_of: date, known_at: datetime | None) -> dict[int, tuple[str, str]]:
    """Give name and short name of agencies on a day; before the first day on record, the first name."""
    wanted = set(ids)
    rows = known(AgencyName.objects.filter(agency_id__in=wanted), known_at=known_at)
    found: dict[int, tuple[str, str]] = {}
    rows = rows.order_by("agency_id", "effective_on", "recorded_at", "id")
    for agency_id, since, name, short_name in rows.values_list("agency_id", "effective_on", "name", "short_name"):
        if since <= as_of or agency_id not in found:
            found[agency_id] = (name, short_name)
    return found


def further_names(
    called: Mapping[int, tuple[str, str]], ids: Iterable[int], *, as_of: date, known_at: datetime | None
) -> dict[int, tuple[str, str]]:
    """Give names that were read already, and those of further agencies: no query where all of them are known."""
    unread = set(ids) - called.keys()
    return {**called, **(names(unread, as_of=as_of, known_at=known_at) if unread else {})}


def agencies(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[AgencyRow]:
    """List the agencies of the viewer's office as they were called on a day, in Vietnamese order."""
    found = list(_visible(viewer).order_by("id"))
    called = names([agency.pk for agency in found], as_of=as_of, known_at=known_at)
    followed = _successors(viewer, as_of=as_of, known_at=known_at)
    rows = [
        AgencyRow(
            id=agency.pk,
            name=called[agency.pk][0],
            short_name=called[agency.pk][1],
            level=str(agency.get_level_display()),
            is_temporary=agency.is_temporary,
            is_class=agency.is_class,
            successors=(ending := followed.get(agency.pk, STANDS)).successors,
            ended_on=ending.on,
            basis_id=ending.basis_id,
            basis=ending.basis,
            late_end=ending.late,
        )
        for agency in found
        if agency.pk in called
    ]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def ended(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[int, date]:
    """Say which agencies of the viewer's office had ended by a day, each with the day since when it was no more."""
    rows = Succession.objects.filter(predecessor__office_id=viewer.office_id)
    return dict(in_force(rows, as_of=as_of, known_at=known_at).values_list("predecessor", "effective_on"))


def agency(agency_id: int, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> AgencyRow:
    """Give one agency as it was called on a day; refused when it is not in the viewer's sight."""
    for row in agencies(viewer=viewer, as_of=as_of, known_at=known_at):
        if row.id == agency_id:
            return row
    raise NoSuchAgency(_("There is no such agency in this office, or it is not yours."))


def _visible(viewer: Viewer) -> QuerySet[Agency]:
    found = Agency.objects.filter(office_id=viewer.office_id)
    return found if viewer.sees_all else found.filter(pk__in=viewer.agency_ids)


@dataclass(frozen=True, slots=True)
class _Ending:
    """How an agency ended: who follows it, since when, by which document or number, entered by how many days late."""

    successors: tuple[str, ...] = ()
    on: date | None = None
    basis_id: int | None = None
    basis: str = ""
    late: int = 0


STANDS = _Ending()


def _successors(viewer: Viewer, *, as_of: date, known_at: datetime | None) -> dict[int, _Ending]:
    every = Succession.objects.filter(predecessor__office_id=viewer.office_id)
    found = list(in_force(every, as_of=as_of, known_at=known_at).order_by("id"))
    rule = parameters.late_rule(viewer=viewer, known_at=known_at)
    called = names([r.successor_id for r in found if r.successor_id], as_of=as_of, known_at=known_at)
    out: dict[int, _Ending] = {}
    for row in found:
        so_far = out.get(row.predecessor_id, STANDS).successors
        more = (called[row.successor_id][0],) if row.successor_id else ()
        late = late_by(row.effective_on, row.recorded_at, rule)
        out[row.predecessor_id] = _Ending(so_far + more, row.effective_on, row.basis_id, row.basis_words, late)
    return out
