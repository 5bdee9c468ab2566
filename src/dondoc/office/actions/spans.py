"""Keeping how duties stood: the spans of `DutySpan`, in step with the facts from which they follow, or made again.

No record and no entry of the log: every row follows from changes, bearers and due days (`queries.spans`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from dondoc.office.models import Change, Duty, DutyBearer, DutyDue
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import spans

BATCH = 10_000  # duties at a time: what one statement sorts in the memory given to it


def keep(rows: Iterable[Recorded], *, now: datetime) -> None:
    """Bring the spans of all duties up to date of which something was just written, however many in one go."""
    made: set[int] = set()
    touched: set[int] = set()
    for row in rows:
        if isinstance(row, Duty):
            made.add(row.task_id)
            touched.add(row.pk)
        elif isinstance(row, Change | DutyBearer | DutyDue):
            touched.add(row.duty_id)
    if not touched:
        return
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"duties": sorted(touched), "tasks": sorted(made), "now": now}
        cursor.execute(spans.REOPEN, values)
        cursor.execute(spans.KEEP, values)
        if made:
            cursor.execute(spans.NO_LONGER_SOLE, values)


def rebuild(office_id: int) -> int:
    """Make all spans of an office again, and say how many; lists go on showing the old ones until it is done."""
    made = 0
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("set local work_mem = '64MB'")
        cursor.execute("lock table office_dutyspan in share row exclusive mode")
        cursor.execute("delete from office_dutyspan where office_id = %s", [office_id])
        cursor.execute(
            "select min(d.id), max(d.id) from office_duty d join office_task t on t.id = d.task_id"
            " where t.office_id = %s",
            [office_id],
        )
        least, greatest = cursor.fetchone()
        if least is None:
            return 0
        for first in range(least, greatest + 1, BATCH):
            cursor.execute(spans.REBUILD, {"office": office_id, "first": first, "last": first + BATCH - 1})
            made += cursor.rowcount
    return made
