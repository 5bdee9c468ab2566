"""Backups: that one was made is written down, so that it can be named when it holds what must not be kept."""

from __future__ import annotations

from dondoc.office.access import Actor
from dondoc.office.actions.history import writing
from dondoc.office.models import Backup
from dondoc.office.queries import history


def record_backup(name: str, *, up_to: int | None = None, actor: Actor) -> int:
    """Write down that a backup of an office is made; gives the entry of the log up to which it reaches.

    Without `up_to` it is about to be made, and reaches at least to the entry that says so.
    """
    with writing(actor) as w:
        last = history.head(w.office.pk)
        reach = up_to if up_to is not None else (last.seq if last else 0) + 1
        w.record("make_backup", [w.new(Backup, office=w.office, name=name[-255:], up_to=reach)])
        return reach
