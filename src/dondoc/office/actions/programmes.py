"""Programmes: lists of tasks laid down by a document, and what is on them from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.laying import tidy
from dondoc.office.models import Document, Programme, ProgrammeEnd, ProgrammeName, ProgrammeTask, Task, Workflow
from dondoc.office.models.facts import beginning_on
from dondoc.office.queries import definitions, documents, list_names, programmes
from dondoc.rules.text import vi_date


class ProgrammeRefused(Refused):
    """A list cannot be laid down, or a task put on it, like this."""


@dataclass(frozen=True, slots=True)
class NewList:
    """A list that a document lays down: its key and title, what its items are called, how they go, since when."""

    key: str
    title: str
    item_noun: str
    workflow_id: int
    on: date


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
    new = NewList(key, title, item_noun, workflow.pk, on)
    with writing(actor) as w:
        programme = _laid_down(w, new, resolution_id=resolution.pk, order=order)
        w.record("lay_down_programme", [programme])
        return programme


def _laid_down(w: Writing, new: NewList, *, resolution_id: int, order: int) -> Programme:
    """Make the list itself, in whichever way it is laid down."""
    return w.new(
        Programme,
        office=w.office,
        key=new.key,
        title=new.title,
        item_noun=new.item_noun,
        resolution_id=resolution_id,
        workflow_id=new.workflow_id,
        begins_on=new.on,
        order=order,
    )


def lay_down_list(document_id: int, new: NewList, *, actor: Actor) -> int:
    """Lay down a list under a document and put on it what came from the document's words, in their order.

    Gives the number of tasks that stand on it; those that go by another workflow do not. Whoever lays it down chooses
    the day from which it is on record; a task stands on it from then on, or from the day on which it was assigned.
    """
    require(actor, "administrator", "officer")
    new = replace(new, title=tidy(new.title), item_noun=tidy(new.item_noun))
    with writing(actor) as w:
        documents.check_of_office([document_id], office_id=w.office.pk)
        flow = definitions.workflow_of_office(new.workflow_id, office_id=w.office.pk)
        if new.on > w.today:
            raise ProgrammeRefused(_("That day has not come yet. A list is on record from a day up to today."))
        if not definitions.countings([(flow.pk, None)], as_of=new.on, known_at=None):
            raise ProgrammeRefused(
                _("On %(day)s nothing said yet how “%(flow)s” is counted. Choose a later day, or define it.")
                % {"day": vi_date(new.on), "flow": flow.name}
            )
        if programmes.named(new.title, office_id=w.office.pk):
            raise ProgrammeRefused(
                _("There is a list “%(title)s” already. Give this one another name.") % {"title": new.title}
            )
        row = _laid_down(w, new, resolution_id=document_id, order=programmes.next_order(office_id=w.office.pk))
        items = [
            w.new(ProgrammeTask, programme=row, task=task, number=str(n), effective_on=max(new.on, task.assigned_on))
            for n, task in enumerate(programmes.of_document(document_id, workflow_id=flow.pk), 1)
        ]
        w.record_many([("lay_down_programme", [row]), *(("put_on_programme", [item]) for item in items)])
        return len(items)


def rename_list(list_id: int, *, title: str, on: date | None, actor: Actor) -> ProgrammeName:
    """Give a list another name from a day on; without a day the name that it bears now was never right.

    What was known before stays readable as it was known; earlier days keep a name that was right.
    """
    require(actor, "administrator", "officer")
    title = tidy(title)
    with writing(actor) as w:
        row = list_names.of_office(list_id, office_id=w.office.pk)
        if not title:
            raise ProgrammeRefused(_("A list needs a name. Write it as the document writes it."))
        if on is not None and on > w.today:
            raise ProgrammeRefused(_("That day has not come yet. Record the new name once it holds."))
        if on is not None and on < row.begins_on:
            raise ProgrammeRefused(
                _("The list is on record since %(day)s. Choose that day or a later one.")
                % {"day": vi_date(row.begins_on)}
            )
        if title == list_names.title_on(row, as_of=on or w.today):
            raise ProgrammeRefused(_("The list is called so already. Look at the name and the day again."))
        if programmes.named(title, office_id=w.office.pk, besides=row.pk):
            raise ProgrammeRefused(
                _("There is a list “%(title)s” already. Give this one another name.") % {"title": title}
            )
        former = (
            list_names.name_on(row.pk, as_of=w.today)
            if on is None
            else beginning_on(ProgrammeName.objects.filter(programme=row), on=on)
        )
        if former is not None:
            name = w.instead(former, title=title)
        else:
            name = w.new(ProgrammeName, programme=row, title=title, effective_on=on or row.begins_on)
        w.record("rename_list", [name])
        return name


def end_list(list_id: int, *, on: date | None, reason: str, actor: Actor) -> ProgrammeEnd:
    """End a list from a day on, with the places of its tasks; without a day it was laid down by mistake, and never was.

    The tasks themselves go on. A list on which a task ever stood was no mistake, until that is said of each of them.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        row = list_names.of_office(list_id, office_id=w.office.pk)
        if not reason.strip():
            raise ProgrammeRefused(_("Say why. The reason stays on record."))
        places = list_names.stood_on(row.pk)
        why = _why_it_was_no_mistake(row, places) if on is None else _why_it_goes_on(row, places, on, w.today)
        if why:
            raise ProgrammeRefused(why)
        end = w.new(ProgrammeEnd, programme=row, effective_on=on or row.begins_on, reason=reason.strip())
        off = [w.instead(one, until_on=on, reason=reason.strip()) for one in places if one.until_on is None]
        w.record_many([("end_list", [end]), *(("take_off_programme", [one]) for one in off)])
        return end


def _why_it_was_no_mistake(row: Programme, places: Sequence[ProgrammeTask]) -> str:
    if any(one.until_on is None for one in places):
        return _(
            "Tasks stand on this list. Take them off first, saying that they were put there by mistake; or end the "
            "list from a day on."
        )
    if places:
        return _("Tasks stood on this list on earlier days. End it from a day on; those days keep it.")
    if list_names.is_reported_on(row.pk):
        return _("Agencies were asked to report on this list. End it from a day on; earlier days keep it.")
    return ""


def _why_it_goes_on(row: Programme, places: Sequence[ProgrammeTask], on: date, today: date) -> str:
    if on > today:
        return _("That day has not come yet. A list ends on a day up to today.")
    if on <= row.begins_on:
        return _(
            "The list is on record since %(day)s. Choose a later day; if it was never to be, say that it was laid "
            "down by mistake."
        ) % {"day": vi_date(row.begins_on)}
    begun = max((one.effective_on for one in places), default=row.begins_on)
    if on <= begun:
        said = _("A task was put on this list on %(day)s. Choose a later day, or take that task off first.")
        return said % {"day": vi_date(begun)}
    left = max((one.until_on for one in places if one.until_on), default=on)
    if on < left:
        return _("A task came off this list on %(day)s only. Choose that day or a later one.") % {"day": vi_date(left)}
    return ""


def put_on_programme(
    programme: Programme, tasks: Sequence[tuple[Task, str]], *, on: date, actor: Actor
) -> list[ProgrammeTask]:
    """Put tasks on a list from a day on, each under its number."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        if list_names.has_ended(programme.pk):
            raise ProgrammeRefused(_("This list has ended. Choose another one, or lay down a new list."))
        here = programmes.on_list(programme.pk, as_of=on)
        twice = [task.title for task, _number in tasks if task.pk in here]
        if twice or len({task.pk for task, _number in tasks}) < len(tasks):
            raise ProgrammeRefused(
                _("A task stands on a list once. Already there: %(titles)s.") % {"titles": "; ".join(twice)}
            )
        # A list is counted by the states of one workflow: what goes by another has no place in its groups.
        others = [task.title for task, _number in tasks if task.workflow_id != programme.workflow_id]
        if others:
            raise ProgrammeRefused(
                _("The list “%(list)s” counts “%(flow)s”; these go by other steps: %(titles)s. Choose another list.")
                % {
                    "list": list_names.title_on(programme, as_of=date.max),
                    "flow": programme.workflow.name,
                    "titles": "; ".join(others),
                }
            )
        rows = [
            w.new(ProgrammeTask, programme=programme, task=task, number=number, effective_on=on)
            for task, number in tasks
        ]
        w.record_many([("put_on_programme", [row]) for row in rows])
        return rows


def take_off_programme(place_ids: Sequence[int], *, on: date | None, reason: str, actor: Actor) -> list[ProgrammeTask]:
    """Take tasks off the list on which they stand from a day on; without a day they stood there by mistake, and never.

    The numbers of the others stay as they are; what was known before stays readable as it was known.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        if not reason.strip():
            raise ProgrammeRefused(_("Say why it comes off the list. The reason stays on record."))
        if on is not None and on > w.today:
            raise ProgrammeRefused(_("That day has not come yet. A task comes off a list from a day up to today."))
        rows = [
            w.instead(place, until_on=_end(place, on), reason=reason.strip())
            for place in programmes.standing_places(place_ids, office_id=w.office.pk)
        ]
        w.record_many([("take_off_programme", [row]) for row in rows])
        return rows


def _end(place: ProgrammeTask, on: date | None) -> date:
    """Give the first day on which a task is not on the list any more; of a mistake the day on which it came there."""
    why = why_it_stays(place, off_on=on)
    if why:
        raise ProgrammeRefused(why)
    return on or place.effective_on


def why_it_stays(place: ProgrammeTask, *, off_on: date | None) -> str:
    """Say why a task cannot come off a list from a day on, or (without a day) as a mistake; empty where it can."""
    if place.until_on is not None:
        said = _("“%(title)s” is off the list “%(list)s” since %(day)s already.")
    elif off_on is not None and off_on <= place.effective_on:
        said = _(
            "“%(title)s” stands on the list “%(list)s” since %(since)s. Choose a later day; if it never belonged "
            "there, say that it was put there by mistake."
        )
    else:
        return ""
    since, until = place.effective_on, place.until_on or place.effective_on
    return said % {
        "title": place.task.title,
        "list": list_names.title_on(place.programme, as_of=date.max),
        "since": vi_date(since),
        "day": vi_date(until),
    }
