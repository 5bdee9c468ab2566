"""Writing: the one way into a transaction, the log's order, and the facts that go in with their entry.

Every action opens `writing(actor)` once. It takes the office's lock, reads the instant under it, and holds the lock
until the commit; so entries are recorded in the order of their instants, and what was known at a past instant never
changes (see `queries.history.settle` for the reader's half).
"""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.exceptions import ConnectorException

from dondoc.office.access import Actor, Refused
from dondoc.office.actions import register, spans
from dondoc.office.models import DocumentHeader, LogEntry, Office
from dondoc.office.models.facts import Fact, Recorded
from dondoc.office.queries import history
from dondoc.rules import chain
from dondoc.rules.deadlines import DueDaySetting

R = TypeVar("R", bound=Recorded)
F = TypeVar("F", bound=Fact)
LOG = (
    *("id", "office_id", "seq", "recorded_at", "actor_id", "actor_name"),
    *("action", "detail", "detail_digest", "previous", "hash"),
)


# How the database's own check begins to say that a row points to another office's (migrations/_append_only.py).
FOREIGN = "trỏ sang bản ghi của cơ quan khác"

logger = logging.getLogger("django.dondoc")


class ClockRefused(Refused):
    """An instant was given that lies in the future."""


class NotWritten(Refused):
    """The database could not write; nothing was recorded."""


class OtherOffice(Refused):
    """A record of another office was named."""


class Writing:
    """An open action: makes rows with their keys, and enters them into the log."""

    def __init__(self, actor: Actor, office: Office, now: datetime, last: LogEntry | None) -> None:
        self.actor, self.office, self.now = actor, office, now
        self._seq = last.seq if last else 0
        self._hash = last.hash if last else chain.START
        self._instant = history.instant(now)
        self._keys: dict[type[models.Model], deque[int]] = {}
        self._asked: dict[type[models.Model], int] = {}
        self.settings: dict[date, DueDaySetting] = {}  # of due days, by the day on which they are asked for

    def new(self, model: type[R], **values: Any) -> R:
        """Make a row that is not yet written, with its key, so that other rows can point to it."""
        return model(pk=self._key(model), **values)

    def instead(self, former: F, **changed: Any) -> F:
        """Make the row that replaces a former one and says the same, but for what is changed."""
        own = {"id", "entry_id", "recorded_at", "replaces_id", "backfilled"}
        names = [field.attname for field in former._meta.concrete_fields if field.attname not in own]
        values = {name: getattr(former, name) for name in names} | changed
        return self.new(type(former), **values, replaces=former)

    @property
    def today(self) -> date:
        """The day of this action where the office is."""
        return self.now.astimezone(timezone.get_default_timezone()).date()

    def reserve(self, model: type[models.Model], count: int) -> None:
        """Fetch many keys at once, ahead of a batch; they are given out in their order, which decides ties."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select nextval((select pg_get_serial_sequence(%s, 'id')::regclass)) from generate_series(1, %s)",
                [model._meta.db_table, count],
            )
            self._keys.setdefault(model, deque()).extend(key for (key,) in cursor.fetchall())

    def _key(self, model: type[models.Model]) -> int:
        if not self._keys.get(model):
            # Twice as many each time: an import that reserved nothing still asks seldom, a single action for one.
            count = self._asked[model] = min(2 * self._asked.get(model, 0), 1024) or 1
            self.reserve(model, count)
        return self._keys[model].popleft()

    def record(self, action: str, rows: Sequence[Recorded]) -> None:
        """Write rows and the entry of the log that vouches for them."""
        self.record_many([(action, rows)])

    def record_many(self, batch: Sequence[tuple[str, Sequence[Recorded]]]) -> None:
        """Write many entries with their rows in one go: one entry for each pair, in the order given."""
        if not batch:
            return
        self.reserve(LogEntry, len(batch))
        _copy(LogEntry, LOG, [self._entry(action, rows) for action, rows in batch])
        tables: dict[type[Recorded], list[Recorded]] = {}
        for _action, rows in batch:
            for row in rows:
                tables.setdefault(type(row), []).append(row)
        for model in sorted(tables, key=_depth):
            _write(model, tables[model])
        # No head is written without being listed: a document that no list shows would be as good as lost.
        register.enter([row for row in tables.get(DocumentHeader, ()) if isinstance(row, DocumentHeader)])
        # And how duties stand follows in the same transaction: nobody ever sees a fact that no list knows of yet.
        spans.keep((row for rows in tables.values() for row in rows), now=self.now)

    def _entry(self, action: str, rows: Sequence[Recorded]) -> tuple[Any, ...]:
        """Make the next entry of the chain, with the columns of LOG."""
        key, previous = self._key(LogEntry), self._hash
        detail = chain.canonical({"salt": secrets.token_hex(8), "rows": [history.plain(row) for row in rows]})
        detail_digest = chain.digest(detail)
        self._seq += 1
        self._hash = chain.entry_hash(
            {
                "office": self.office.key,
                "seq": self._seq,
                "recorded_at": self._instant,
                "actor": self.actor.name,
                "account": self.actor.user_id,
                "action": action,
                "detail_digest": detail_digest,
                "previous": previous,
            }
        )
        for row in rows:
            row.entry_id, row.recorded_at = key, self.now
        return (
            *(key, self.office.pk, self._seq, self.now, self.actor.user_id, self.actor.name),
            *(action, detail, detail_digest, previous, self._hash),
        )


def _copy(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of plain values: COPY takes a tenth of the time of as many INSERTs."""
    table, names = connection.ops.quote_name(model._meta.db_table), map(connection.ops.quote_name, columns)
    statement = f"copy {table} ({', '.join(names)}) from stdin"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _write(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write rows of a table as they are; they count as written from then on."""
    fields = [(field, field.attname, _straight(field)) for field in model._meta.concrete_fields]
    values = [
        [
            value if type(value := getattr(row, name)) in straight else field.get_db_prep_save(value, connection)
            for field, name, straight in fields
        ]
        for row in rows
    ]
    _copy(model, [field.column for field, _name, _types in fields], values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _straight(field: models.Field[Any, Any]) -> frozenset[type]:
    """Say which values of a column go to the database as they are; asking Django for each takes most of the time."""
    if isinstance(field, models.JSONField | models.BinaryField | models.DecimalField):
        return frozenset({type(None)})
    if isinstance(field, models.DateField):
        own = datetime if isinstance(field, models.DateTimeField) else date
        return frozenset({type(None), own})
    return frozenset({type(None), int, str, bool})


@cache
def _depth(model: type[models.Model]) -> int:
    """How many tables must be written before this one: the triggers look at what a row points to."""
    pointed: set[Any] = {field.related_model for field in model._meta.concrete_fields} - {None, model}
    return 1 + max((_depth(one) for one in pointed if issubclass(one, Recorded)), default=0)


@contextmanager
def writing(actor: Actor, *, founding: Office | None = None) -> Iterator[Writing]:
    """Open an action: one transaction, the office's lock, an instant taken under it.

    `founding` is an office that begins with this action: its row is written in the same transaction.
    """
    try:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s, %s)", [history.LOCK_CLASS, actor.office_id])
                cursor.execute("select clock_timestamp()")
                (now,) = cursor.fetchone()
            if founding is not None:
                founding.save(force_insert=True)
            last = history.head(actor.office_id)
            office = Office.objects.get(pk=actor.office_id)
            yield Writing(actor, office, _instant(actor, office, now, last), last)
    except (OperationalError, InterfaceError, ConnectorException) as error:
        # Only what went wrong: the rest of the message may quote the row, and a row may hold a document.
        logger.error("The database did not write: %s", _said(error))
        raise NotWritten(
            _(
                "The database did not write just now, so nothing was recorded: it may not answer, or its disk may be "
                "full. Send it once more in a moment; if it stays so, tell the administrator."
            )
        ) from error
    except IntegrityError as error:
        if FOREIGN in _said(error):
            raise OtherOffice(_("This names a record of another office. Nothing was recorded.")) from error
        raise


def _said(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return (diagnosis and diagnosis.message_primary) or type(error).__name__


def _instant(actor: Actor, office: Office, now: datetime, last: LogEntry | None) -> datetime:
    """Give the instant of an action: later than that of the last, even when the clock stands still or goes back."""
    if actor.clock and not office.is_sample:
        raise ClockRefused(_("Only sample data are entered as of an instant that has passed."))
    instant = actor.clock() if actor.clock else now
    if instant > now:
        raise ClockRefused(_("A record cannot be entered as of an instant that has not come yet."))
    return max(instant, last.recorded_at + timedelta(microseconds=1)) if last else instant
