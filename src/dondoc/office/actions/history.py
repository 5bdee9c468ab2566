"""Writing: the one way into a transaction, the log's order, and the facts that go in with their entry.

Every action opens `writing(actor)` once. It takes the office's lock, reads the instant under it, and holds the lock
until the commit; so entries are recorded in the order of their instants, and what was known at a past instant never
changes (see `queries.history.settle` for the reader's half).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused
from dondoc.office.models import LogEntry, Office
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import history
from dondoc.rules import chain

R = TypeVar("R", bound=Recorded)
BATCH = 2000


class ClockRefused(Refused):
    """An instant was given that lies in the future."""


class Writing:
    """An open action: makes rows with their keys, enters them into the log, and says what follows the commit."""

    def __init__(self, actor: Actor, office: Office, now: datetime, last: LogEntry | None) -> None:
        self.actor, self.office, self.now = actor, office, now
        self._seq = last.seq if last else 0
        self._hash = last.hash if last else chain.START
        self._keys: dict[type[models.Model], list[int]] = {}

    def new(self, model: type[R], **values: Any) -> R:
        """Make a row that is not yet written, with its key, so that other rows can point to it."""
        return model(pk=self._key(model), **values)

    def reserve(self, model: type[models.Model], count: int) -> None:
        """Fetch many keys at once, ahead of a batch."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
                [model._meta.db_table, count],
            )
            self._keys.setdefault(model, []).extend(key for (key,) in reversed(cursor.fetchall()))

    def _key(self, model: type[models.Model]) -> int:
        if not self._keys.get(model):
            self.reserve(model, 1)
        return self._keys[model].pop()

    def record(self, action: str, rows: Sequence[Recorded]) -> LogEntry:
        """Write rows and the entry of the log that vouches for them."""
        return self.record_many([(action, rows)])[0]

    def record_many(self, batch: Sequence[tuple[str, Sequence[Recorded]]]) -> list[LogEntry]:
        """Write many entries with their rows in one go: one entry for each pair, in the order given."""
        self.reserve(LogEntry, len(batch))
        entries = [self._entry(action, rows) for action, rows in batch]
        LogEntry.objects.bulk_create(entries, batch_size=BATCH)
        flat = [row for _action, rows in batch for row in rows]
        by_model = groupby(sorted(flat, key=lambda row: row._meta.model_name or ""), key=lambda row: row.__class__)
        for model, same in by_model:
            model._base_manager.bulk_create(list(same), batch_size=BATCH)
        return entries

    def _entry(self, action: str, rows: Sequence[Recorded]) -> LogEntry:
        detail = chain.canonical({"salt": secrets.token_hex(8), "rows": [history.plain(row) for row in rows]})
        self._seq += 1
        entry = LogEntry(
            pk=self._key(LogEntry),
            office=self.office,
            seq=self._seq,
            recorded_at=self.now,
            actor_id=self.actor.user_id,
            actor_name=self.actor.name,
            action=action,
            detail=detail,
            detail_digest=chain.digest(detail),
            previous=self._hash,
        )
        entry.hash = self._hash = chain.entry_hash(history.chained(entry, self.office.key))
        for row in rows:
            row.entry, row.recorded_at = entry, self.now
        return entry

    def after_commit(self, effect: Callable[[], None]) -> None:
        """Do something once everything is safely written, and not at all if it is not."""
        transaction.on_commit(effect)


@contextmanager
def writing(actor: Actor) -> Iterator[Writing]:
    """Open an action: one transaction, the office's lock, an instant taken under it."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [history.LOCK_CLASS, actor.office_id])
            cursor.execute("select clock_timestamp()")
            (now,) = cursor.fetchone()
        last = history.head(actor.office_id)
        yield Writing(actor, Office.objects.get(pk=actor.office_id), _instant(actor, now, last), last)


def _instant(actor: Actor, now: datetime, last: LogEntry | None) -> datetime:
    instant = actor.clock() if actor.clock else now
    if instant > now:
        raise ClockRefused(_("A record cannot be entered as of an instant that has not come yet."))
    return max(instant, last.recorded_at + timedelta(microseconds=1)) if last else instant
