"""Founding an office: the first entry of its log."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Clock, Refused, Viewer, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Agency, AgencyName, Letterhead, Office
from dondoc.office.queries import offices
from dondoc.rules.text import folded, sort_key


class OfficeRefused(Refused):
    """An office cannot be founded like this."""


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
    """Set up an office with the body for which it keeps the register, in one transaction: all of it or nothing."""
    office_id = offices.next_id()
    office = Office(pk=office_id, key=key, name=name, place=place, hierarchy=hierarchy, is_sample=is_sample)
    actor = Actor(Viewer(user_id=None, office_id=office_id, role="administrator"), actor_name, clock)
    try:
        with writing(actor, founding=office) as w:
            _enter_body(w, body_name, body_kind, on=on)
    except IntegrityError as error:
        if not offices.is_taken(key):
            raise
        raise OfficeRefused(
            _("There is an office “%(key)s” already. Choose another short key for the new one.") % {"key": key}
        ) from error
    office.refresh_from_db()
    return office


def _enter_body(w: Writing, name: str, kind: str, *, on: date) -> None:
    body = w.new(Agency, office=w.office, key=w.office.key, kind=kind, level="province")
    title = w.new(
        AgencyName,
        agency=body,
        name=name,
        short_name=name,
        folded=folded(name),
        sort_key=sort_key(name),
        effective_on=on,
        backfilled=True,
    )
    w.record("found_office", [body, title])
    Office.objects.filter(pk=w.office.pk).update(agency=body)


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
