"""Reading the log: its head, its entries, and the settled past."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import LogEntry, Office
from dondoc.rules import chain


class NotYetKnown(Refused):
    """It was asked what is known at an instant in the future."""


LOCK_CLASS = 0x646F6E64  # "dond": the first half of the advisory lock that orders an office's log


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log as a person reads it."""

    seq: int
    recorded_at: datetime
    actor_name: str
    action: str
    rows: int


def head(office_id: int) -> LogEntry | None:
    """Give the last entry of an office's log."""
    return LogEntry.objects.filter(office_id=office_id).order_by("-seq").first()


def settle(office_id: int, known_at: datetime) -> None:
    """Wait until nothing that is still being written can belong to an instant that was asked for.

    A writer takes its instant under the office's lock and keeps the lock until it has committed. So an instant that
    lies before the last committed entry is settled; for a later one, whoever holds the lock is waited for. An
    instant that has not come yet is never settled: it is refused.
    """
    last = head(office_id)
    if last is not None and known_at < last.recorded_at:
        return
    with connection.cursor() as cursor:
        cursor.execute("select %s > clock_timestamp()", [known_at])
        if cursor.fetchone()[0]:
            raise NotYetKnown(_("Nobody can say what will be known at an instant that has not come yet."))
        cursor.execute("select pg_advisory_lock_shared(%s, %s)", [LOCK_CLASS, office_id])
        cursor.execute("select pg_advisory_unlock_shared(%s, %s)", [LOCK_CLASS, office_id])


def plain(row: models.Model) -> dict[str, Any]:
    """Write a row as plain values for the log; long or binary content stands as its digest."""
    values: dict[str, Any] = {"table": row._meta.model_name}
    for field in row._meta.concrete_fields:
        if field.attname in {"entry_id", "recorded_at"}:
            continue
        value = getattr(row, field.attname)
        digested = field.attname in getattr(row, "digested", ())
        values[field.attname] = _digest(value) if digested else _plain_value(value)
    return values


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def _digest(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return chain.digest_bytes(bytes(value))
    return chain.digest(value if isinstance(value, str) else chain.canonical(value))


def chained(entry: LogEntry, office_key: str) -> dict[str, Any]:
    """Write an entry as its exported line: the chained fields, its hash and its detail."""
    return {
        "office": office_key,
        "seq": entry.seq,
        "recorded_at": entry.recorded_at.isoformat(),
        "actor": entry.actor_name,
        "action": entry.action,
        "detail_digest": entry.detail_digest,
        "previous": entry.previous,
        "hash": entry.hash,
        "detail": entry.detail,
    }


def lines(office: Office) -> Iterator[str]:
    """Write an office's log line by line, from the first entry to the last, without a head."""
    for entry in LogEntry.objects.filter(office=office).order_by("seq").iterator(chunk_size=2000):
        yield chain.canonical(chained(entry, office.key))


def entries(*, viewer: Viewer, before: int | None, size: int) -> list[LogLine]:
    """List the latest entries of the log, newest first; only those who see the whole office may read it."""
    if not viewer.sees_all:
        return []
    found = LogEntry.objects.filter(office_id=viewer.office_id)
    if before is not None:
        found = found.filter(seq__lt=before)
    return [
        LogLine(e.seq, e.recorded_at, e.actor_name, e.action, len(_rows(e.detail)))
        for e in found.order_by("-seq")[:size]
    ]


def _rows(detail: str | None) -> list[Any]:
    return json.loads(detail)["rows"] if detail else []
