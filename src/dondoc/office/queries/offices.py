"""An office as its papers name it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import connection

from dondoc.office.models import Letterhead, Office
from dondoc.office.models.facts import latest
from dondoc.office.queries import agencies
from dondoc.rules.layouts import Hierarchy


@dataclass(frozen=True, slots=True)
class Head:
    """How an office's papers begin and end."""

    issuer_name: str
    parent_name: str
    symbol: str
    speaker: str
    place: str
    hierarchy: Hierarchy
    signer_authority: str
    signer_position: str
    signer_name: str
    recipients: tuple[str, ...]


def next_id() -> int:
    """Give the key of the office that is founded next, so that its log can be locked before it is there."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [Office._meta.db_table])
        return int(cursor.fetchone()[0])


def ids() -> list[int]:
    """List the keys of all offices on this machine, for work that the program does by itself in each."""
    return list(Office.objects.order_by("id").values_list("pk", flat=True))


def is_taken(key: str) -> bool:
    """Say whether an office of this key is on this machine."""
    return Office.objects.filter(key=key).exists()


def letterhead(office_id: int, *, on: date, known_at: datetime | None) -> Head:
    """Give the letterhead in force on a day; an office that has set none gets its body's name and blanks."""
    office = Office.objects.get(pk=office_id)
    row = latest(Letterhead.objects.filter(office=office), as_of=on, known_at=known_at).first()
    if row is None:
        name = agencies.names([office.agency_id or 0], as_of=on, known_at=known_at)
        body = name.get(office.agency_id or 0, (office.name, office.name))[0]
        return Head(body, "", "", body, office.place, cast(Hierarchy, office.hierarchy), "", "", "", ())
    return Head(
        row.issuer_name,
        row.parent_name,
        row.symbol,
        row.speaker,
        office.place,
        cast(Hierarchy, office.hierarchy),
        row.signer_authority,
        row.signer_position,
        row.signer_name,
        tuple(row.recipients),
    )
