"""Programmes: lists of tasks laid down by a document, and what is on them from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dondoc.office.access import Actor, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Document, Programme, ProgrammeTask, Task, Workflow


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
        rows = [
            w.new(ProgrammeTask, programme=programme, task=task, number=number, effective_on=on)
            for task, number in tasks
        ]
        w.record_many([("put_on_programme", [row]) for row in rows])
        return rows
