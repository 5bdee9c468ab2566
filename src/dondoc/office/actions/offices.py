"""Founding an office: the first entry of its log."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from dondoc.office.access import Actor, Clock, Viewer, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Agency, AgencyName, Letterhead, Office
from dondoc.rules.text import folded, sort_key


def found_office(
    *,
    key: str,
    name: str,
    place: str,
    hierarchy: str,
    body_name: str,
    body_kind: str,
    on: date,
    actor_name: str,
    clock: Clock | None = None,
    is_sample: bool = False,
) -> Office:
    """Set up an office with the body for which it keeps the register."""
    office = Office.objects.create(key=key, name=name, place=place, hierarchy=hierarchy, is_sample=is_sample)
    actor = Actor(Viewer(user_id=None, office_id=office.pk, role="administrator"), actor_name, clock)
    with writing(actor) as w:
        body = w.new(Agency, office=office, key=key, kind=body_kind, level="province")
        title = w.new(
            AgencyName,
            agency=body,
            name=body_name,
            short_name=body_name,
            folded=folded(body_name),
            sort_key=sort_key(body_name),
            effective_on=on,
            backfilled=True,
        )
        w.record("found_office", [body, title])
        Office.objects.filter(pk=office.pk).update(agency=body)
    office.refresh_from_db()
    return office


@dataclass(frozen=True, slots=True)
class NewLetterhead:
    """How the office's papers begin and end: the lines of the head, who signs, who receives."""

    issuer_name: str
    symbol: str
    speaker: str
    signer_position: str
    parent_name: str = ""
    signer_authority: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()


def set_letterhead(new: NewLetterhead, *, on: date, actor: Actor) -> Letterhead:
    """Set how the office's papers begin and end from a day on."""
    require(actor, "administrator")
    with writing(actor) as w:
        values = {**asdict(new), "recipients": list(new.recipients)}
        row = w.new(Letterhead, office=w.office, effective_on=on, **values)
        w.record("set_letterhead", [row])
        return row
