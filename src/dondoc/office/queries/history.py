"""Reading the log: its head, its entries, the settled past, and whether log and records agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import LogEntry, Office
from dondoc.office.models.facts import Recorded
from dondoc.rules import chain


class NotYetKnown(Refused):
    """It was asked what is known at an instant in the future."""


LOCK_CLASS = 0x646F6E64  # "dond": the first half of the advisory lock that orders an office's log
BATCH = 2000
EXPORTED = ("seq", "recorded_at", "actor", "account", "action", "detail_digest", "previous", "hash", "detail")
WRITTEN = ("seq", "recorded_at", "actor_name", "actor_id", "action", "detail_digest", "previous", "hash", "detail")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log as a person reads it; of an expunged one only that it was there."""

    seq: int
    recorded_at: datetime
    actor_name: str
    action: str
    rows: int
    is_expunged: bool = False


def head(office_id: int) -> LogEntry | None:
    """Give the last entry of an office's log."""
    return LogEntry.objects.filter(office_id=office_id).order_by("-seq").defer("detail").first()


def settle(office_id: int, known_at: datetime) -> None:
    """Wait until nothing that is still being written can belong to an instant that was asked for.

    A writer takes its instant under the office's lock, later than the last entry's, and keeps the lock until it has
    committed. So an instant up to the last committed entry is settled; for a later one, whoever holds the lock is
    waited for. An instant that has not come yet is never settled: it is refused.
    """
    last = head(office_id)
    if last is not None and known_at <= last.recorded_at:
        return
    with connection.cursor() as cursor:
        cursor.execute("select %s > clock_timestamp()", [known_at])
        if cursor.fetchone()[0]:
            raise NotYetKnown(_("Nobody can say what will be known at an instant that has not come yet."))
        # Held for this statement only: between two statements a pooled connection may become another's.
        cursor.execute("select pg_advisory_xact_lock_shared(%s, %s)", [LOCK_CLASS, office_id])


def plain(row: models.Model) -> dict[str, Any]:
    """Write a row as plain values for the log, as the database will give them back; long content as its digest."""
    values: dict[str, Any] = {"table": row._meta.model_name}
    for attname, write in _writers(type(row)):
        value = getattr(row, attname)
        values[attname] = None if value is None else write(value)
    return values


@cache
def _writers(model: type[models.Model]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    digested = getattr(model, "digested", ())
    return tuple(
        (field.attname, _digester(field) if field.attname in digested else _writer(field))
        for field in model._meta.concrete_fields
        if field.attname not in {"entry_id", "recorded_at"}
    )


def _digester(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, models.BinaryField):
        return lambda value: chain.digest_bytes(bytes(value))
    if isinstance(field, models.JSONField):
        return lambda value: chain.digest(chain.canonical(_json(value)))
    return lambda value: chain.digest(field.to_python(value))


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Choose how a column's values are written: as they come back from the database, whatever was given to it."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField):
        return lambda value: instant(field.to_python(value))
    if isinstance(field, models.UUIDField):
        return str
    if isinstance(field, models.DateField):
        return lambda value: value.isoformat() if type(value) is date else field.to_python(value).isoformat()
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: format(field.to_python(value).quantize(step, ROUND_HALF_UP).normalize(), "f")
    return lambda value: value if type(value) in {int, str, bool} else field.to_python(value)


def _json(value: Any) -> Any:
    """Give a value as jsonb gives it back: lists for tuples, 16 for 16.0, and 1e16 spelled out."""
    return json.loads(json.dumps(value, ensure_ascii=False), parse_float=_json_number)


def _json_number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


def instant(at: datetime) -> str:
    """Write an instant as the log does: in UTC, whoever's clock it was read from."""
    return at.astimezone(UTC).isoformat()


def _line(office_key: str, row: tuple[Any, ...]) -> dict[str, Any]:
    line = {"office": office_key, **dict(zip(EXPORTED, row, strict=True))}
    line["recorded_at"] = instant(line["recorded_at"])
    return line


def _batches(office_id: int, *columns: str) -> Iterator[list[tuple[Any, ...]]]:
    """Read the log from its first entry to the one that is the last now, a batch at a time; `seq` comes first."""
    last = head(office_id)
    seen, end = 0, last.seq if last else 0
    while seen < end:
        rows = LogEntry.objects.filter(office_id=office_id, seq__gt=seen, seq__lte=end).order_by("seq")
        batch = list(rows.values_list("seq", *columns)[:BATCH])
        if not batch:
            return
        seen = batch[-1][0]
        yield batch


def lines(office: Office) -> Iterator[str]:
    """Write an office's log line by line, from the first entry to the last, without a head."""
    for batch in _batches(office.pk, *WRITTEN[1:]):
        for row in batch:
            yield chain.canonical(_line(office.key, row))


def verify_chain(office: Office, *, end: chain.End | None) -> chain.Checked:
    """Check an office's log in the database entry by entry; with `end`, also that it ends there."""
    return chain.check(lines(office), sealed=False, end=end)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A record that is not what the log says of it: `seq` is the entry, `field` the column that differs.

    Without a field: the record is gone (`in_log`), or no entry speaks of it.
    """

    seq: int
    table: str
    id: int
    in_log: bool
    field: str = ""
    logged: object = None
    found: object = None


def audit(office: Office) -> Iterator[Disagreement]:
    """Compare every record of an office with what the log says of it, and find records that it does not speak of.

    Entries whose detail was expunged say nothing any more; their records are passed over, and so are those of an
    entry whose detail was altered: `verify_chain` names it. A column that a later version added is not compared in
    rows that were logged before it.
    """
    tables = [model for model in apps.get_app_config("office").get_models() if issubclass(model, Recorded)]
    for batch in _batches(office.pk, "pk", "recorded_at", "detail", "detail_digest"):
        told = [(entry, json.loads(entry[3])["rows"]) for entry in batch if _is_whole(*entry[3:])]
        entries = {pk: (seq, recorded_at) for (seq, pk, recorded_at, *_), _rows in told}
        logged = {(row["table"], row["id"]): (entry[0], row) for entry, rows in told for row in rows}
        for model in tables:
            yield from _disagreements(model, office, entries, logged)
        for (table, pk), (seq, _said) in logged.items():
            yield Disagreement(seq, table, pk, in_log=True)


def _is_whole(detail: str | None, detail_digest: str) -> bool:
    return detail is not None and chain.digest(detail) == detail_digest


def _disagreements(
    model: type[Recorded],
    office: Office,
    entries: dict[int, tuple[int, datetime]],
    logged: dict[tuple[str, int], tuple[int, dict[str, Any]]],
) -> Iterator[Disagreement]:
    """Compare the rows of one table that name these entries; what was found is taken out of `logged`."""
    name = model._meta.model_name or ""
    # Entries get their keys in the order of the log; a range is found in the index where a list would be searched.
    first, last = min(entries, default=0), max(entries, default=0)
    rows = model._base_manager.filter(entry_id__gte=first, entry_id__lte=last, entry__office=office).order_by("id")
    for row in rows.iterator(chunk_size=50 if model.digested else BATCH):
        if row.entry_id not in entries:
            continue
        seq, recorded_at = entries[row.entry_id]
        said = logged.get((name, row.pk))
        if said is None or said[0] != seq:
            yield Disagreement(seq, name, row.pk, in_log=False)
            continue
        del logged[name, row.pk]
        found = plain(row) | {"recorded_at": instant(row.recorded_at)}
        wanted = said[1] | {"recorded_at": instant(recorded_at)}
        for field in sorted(wanted.keys() & found.keys()):
            if wanted[field] != found[field]:
                yield Disagreement(seq, name, row.pk, True, field, wanted[field], found[field])


def entries(*, viewer: Viewer, known_at: datetime | None, before: int | None, size: int) -> list[LogLine]:
    """List the latest entries of the log, newest first; only those who see the whole office may read it.

    An entry is of the instant at which it was recorded: `known_at` decides, no day.
    """
    if not viewer.sees_all:
        return []
    found = LogEntry.objects.filter(office_id=viewer.office_id)
    if known_at is not None:
        found = found.filter(recorded_at__lte=known_at)
    if before is not None:
        found = found.filter(seq__lt=before)
    return [
        LogLine(e.seq, e.recorded_at, e.actor_name, e.action, len(_rows(e.detail)), e.detail is None)
        for e in found.order_by("-seq")[:size]
    ]


def _rows(detail: str | None) -> list[Any]:
    return json.loads(detail)["rows"] if detail else []
