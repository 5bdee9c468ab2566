"""Agencies: entered, named anew, placed under another, given members, succeeded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, office_wide, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.laying import tidy
from dondoc.office.models import (
    Agency,
    AgencyMember,
    AgencyName,
    AgencyParent,
    Document,
    DutyBearer,
    Succession,
    SuccessionKind,
)
from dondoc.office.models.facts import beginning_on
from dondoc.office.queries import agencies, duties
from dondoc.rules.text import folded, sort_key

LONGEST, LONGEST_SHORT = 300, 120  # letters of a name
REFORM_BEGINS = date(2025, 1, 1)


class AgencyRefused(Refused):
    """An agency cannot be entered or changed like this."""


@dataclass(frozen=True, slots=True)
class NewAgency:
    """What is known of an agency that is entered: its names, kind, level, and the body it stands under."""

    name: str
    kind: str
    level: str
    short_name: str = ""
    parent: Agency | None = None
    hierarchy: str = "state"
    is_temporary: bool = False
    is_class: bool = False
    members: tuple[tuple[Agency, str], ...] = ()


def add_agency(new: NewAgency, *, on: date, actor: Actor, until: date | None = None) -> Agency:
    """Enter an agency under its name; the same name on the same day is one agency."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        return enter_agency(w, new, on=on, until=until)


def enter_agency(
    w: Writing, new: NewAgency, *, on: date, until: date | None = None, backfilled: bool = False
) -> Agency:
    """Enter an agency within an action that is already open; `backfilled`: it was there before that day, too."""
    if agencies.bearing(new.name, office_id=w.office.pk, as_of=on):
        raise AgencyRefused(_("“%(name)s” is already in the register. Choose it from the list.") % {"name": new.name})
    key = _free_key(w.office.pk, folded(new.name))
    agency = w.new(
        Agency,
        office=w.office,
        key=key,
        kind=new.kind,
        level=new.level,
        is_temporary=new.is_temporary,
        is_class=new.is_class,
    )
    name = _name(w, agency, new.name, new.short_name, on=on, until=until, backfilled=backfilled)
    rows = [agency, name]
    if new.parent is not None:
        rows.append(w.new(AgencyParent, agency=agency, parent=new.parent, hierarchy=new.hierarchy, effective_on=on))
    for member, capacity in new.members:
        rows.append(w.new(AgencyMember, body=agency, member=member, capacity=capacity, effective_on=on, until_on=until))
    w.record("add_agency", rows)
    return agency


def rename_agency(agency_id: int, *, name: str, short_name: str, on: date, actor: Actor) -> None:
    """Give an agency another name from a day on; the old one keeps its days. A name of the same day is mended by it."""
    require(actor, "administrator", "officer")
    name, short_name = tidy(name), tidy(short_name)
    with writing(actor) as w:
        agency = Agency.objects.filter(pk=agency_id, office=w.office).first()
        if agency is None:
            raise AgencyRefused(_("There is no such agency in this office, or it is not yours."))
        if on > w.today:
            raise AgencyRefused(_("That day has not come yet. Record the new name once it holds."))
        bearer = agencies.bearing(name, office_id=w.office.pk, as_of=on)
        if bearer not in {None, agency.pk}:
            raise AgencyRefused(_("Another agency is called “%(name)s” already.") % {"name": name})
        if agencies.names([agency.pk], as_of=on, known_at=None)[agency.pk] == (name, short_name or name):
            raise AgencyRefused(_("It is called so on that day already. Look at the name and the day again."))
        former = beginning_on(AgencyName.objects.filter(agency=agency), on=on)
        w.record("rename_agency", [_name(w, agency, name, short_name, on=on, replaces=former)])


def place_agency(agency: Agency, parent: Agency, *, hierarchy: str, on: date, actor: Actor) -> AgencyParent:
    """Place an agency under a body from a day on, in one of the two hierarchies; it can stand in both."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        row = w.new(AgencyParent, agency=agency, parent=parent, hierarchy=hierarchy, effective_on=on)
        w.record("place_agency", [row])
        return row


def succeed_agency(
    predecessor: Agency,
    successor: Agency | None,
    *,
    kind: str,
    on: date,
    basis: Document | None,
    actor: Actor,
    basis_words: str = "",
) -> None:
    """Record that an agency ended on a day, by which document (or number of one), and which one follows it."""
    require(actor, "administrator", "officer")
    if kind not in SuccessionKind.values or (successor is None) != (kind == SuccessionKind.DISSOLVED):
        raise AgencyRefused(_("Only an agency that is dissolved has no successor. Say which one follows it."))
    if successor is not None and successor.pk == predecessor.pk:
        raise AgencyRefused(_("An agency cannot follow itself. To name it anew, give it another name."))
    with writing(actor) as w:
        _check_circle(w, predecessor.pk, successor.pk if successor else None, on=on)
        row = w.new(
            Succession,
            predecessor=predecessor,
            successor=successor,
            kind=kind,
            basis=basis,
            basis_words="" if basis else _number(basis_words),
            effective_on=on,
        )
        w.record("succeed_agency", [row])


@dataclass(frozen=True, slots=True)
class ReformStep:
    """One line of the reform of 2025 as an administrator confirms it: the agency that ended, the day, and the number.

    The number is of the document that says so, and counts where the register's own lines do not know it.
    """

    agency_id: int
    on: date
    number: str = ""


def apply_reform(steps: Sequence[ReformStep], *, actor: Actor) -> int:
    """Record what the reform of 2025 made of the office's agencies: those ticked of `agencies.reform`, in one go.

    What follows an agency is entered where the register does not hold it yet. Duties stay where they are: they are
    handed over one list at a time. Refused as a whole when a line is not offered or is recorded already.
    """
    require(actor, "administrator")
    with writing(actor) as w:
        rows = agencies.reform(viewer=office_wide(w.office.pk), as_of=w.today, known_at=None)
        offered = {row.agency_id: row for row in rows if not row.recorded}
        for step in sorted(set(steps), key=lambda step: (step.on, step.agency_id)):
            row = offered.pop(step.agency_id, None)
            if row is None:
                raise AgencyRefused(
                    _("One of the lines was recorded already, or is not offered any more. Load the list again.")
                )
            if not REFORM_BEGINS <= step.on <= w.today:
                raise AgencyRefused(
                    _("“%(name)s” cannot have ended on that day: write a day of the reform that has come.")
                    % {"name": row.name}
                )
            _apply(w, row, on=step.on, number=row.number or step.number)
        return len(set(steps))


def _number(typed: str) -> str:
    """Write the number of a document that the register does not hold on one line."""
    number = " ".join(typed.split())
    if len(number) > LONGEST:
        raise AgencyRefused(
            _("This is too long for the number of a document: “%(number)s…”.") % {"number": number[:60]}
        )
    return number


def _apply(w: Writing, row: agencies.ReformRow, *, on: date, number: str) -> None:
    predecessor = Agency.objects.get(pk=row.agency_id, office=w.office)
    successor_id = row.follower_id
    if row.follows and successor_id is None:
        # A line before this one may have entered it.
        successor_id = agencies.bearing(row.follows, office_id=w.office.pk, as_of=on)
    if row.follows and successor_id is None:
        new = NewAgency(row.follows, predecessor.kind, predecessor.level)
        successor_id = enter_agency(w, new, on=on).pk
    _check_circle(w, predecessor.pk, successor_id, on=on)
    entered = w.new(
        Succession,
        predecessor=predecessor,
        successor_id=successor_id,
        kind=row.kind,
        basis_id=row.basis_id,
        basis_words="" if row.basis_id else _number(number),
        effective_on=on,
    )
    w.record("succeed_agency", [entered])


def _check_circle(w: Writing, predecessor_id: int, successor_id: int | None, *, on: date) -> None:
    """Refuse a succession that would lead back to the agency that it ends."""
    if successor_id is None:
        return
    chain = agencies.leads_back(predecessor_id, successor_id, office_id=w.office.pk, on=on)
    if chain:
        called = agencies.names(chain, as_of=on, known_at=None)
        raise AgencyRefused(
            _(
                "“%(name)s” cannot be followed by an agency that it follows itself: %(chain)s. An agency that is "
                "founded again is a new one: enter it anew, and choose that one."
            )
            % {"name": called[predecessor_id][0], "chain": " → ".join(called[key][0] for key in chain)}
        )


def hand_over_duties(duty_ids: list[int], *, successor: Agency, on: date, basis: Document | None, actor: Actor) -> int:
    """Pass a list of open duties to another agency from a day on; closed ones stay under the old name."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        found = duties.open_duties(duty_ids, office_id=w.office.pk, as_of=on)
        rows = [w.new(DutyBearer, duty_id=duty_id, agency=successor, basis=basis, effective_on=on) for duty_id in found]
        w.record_many([("hand_over_duty", [row]) for row in rows])
        return len(rows)


def _name(
    w: Writing,
    agency: Agency,
    name: str,
    short_name: str,
    *,
    on: date,
    until: date | None = None,
    backfilled: bool = False,
    replaces: AgencyName | None = None,
) -> AgencyName:
    name = tidy(name)
    if not name:
        raise AgencyRefused(_("An agency needs a name. Write it as documents write it."))
    if len(name) > LONGEST:
        raise AgencyRefused(_("This is too long for the name of an agency: “%(name)s…”.") % {"name": name[:60]})
    return w.new(
        AgencyName,
        agency=agency,
        name=name,
        short_name=(short_name or name)[:LONGEST_SHORT],
        folded=folded(name),
        sort_key=sort_key(name),
        effective_on=on,
        until_on=until,
        backfilled=backfilled,
        replaces=replaces,
    )


def _free_key(office_id: int, name: str) -> str:
    stem = slugify(name)[:70] or "agency"
    taken = agencies.keys_like(stem, office_id=office_id)
    return next(key for n in range(len(taken) + 1) if (key := stem if n == 0 else f"{stem}-{n + 1}") not in taken)
