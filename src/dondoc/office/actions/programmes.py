"""Programmes: lists of tasks laid down by a document, and what is on them from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Document, Programme, ProgrammeTask, Task, Workflow
from dondoc.office.queries import programmes


class ProgrammeRefused(Refused):
    """A task cannot be put on a list like this."""


def lay_down_programme(
    *,
    key: str,
    title: str,
    item_noun: str,
    resolution: Document,
    workflow: Workflow,
    order: int,
    on: date,
    actor: Actor,
) -> Programme:
    """Lay down a named list under a resolution, on record from a day on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        programme = w.new(
            Programme,
            office=w.office,
            key=key,
            title=title,
            item_noun=item_noun,
            resolution=resolution,
            workflow=workflow,
            begins_on=on,
            order=order,
        )
        w.record("lay_down_programme", [programme])
        return programme


def put_on_programme(
    programme: Programme, tasks: Sequence[tuple[Task, str]], *, on: date, actor: Actor
) -> list[ProgrammeTask]:
    """Put tasks on a list from a day on, each under its number."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        here = programmes.on_list(programme.pk, as_of=on)
        twice = [task.title for task, _number in tasks if task.pk in here]
        if twice or len({task.pk for task, _number in tasks}) < len(tasks):
            raise ProgrammeRefused(
                _("A task stands on a list once. Already there: %(titles)s.") % {"titles": "; ".join(twice)}
            )
        rows = [
            w.new(ProgrammeTask, programme=programme, task=task, number=number, effective_on=on)
            for task, number in tasks
        ]
        w.record_many([("put_on_programme", [row]) for row in rows])
        return rows
