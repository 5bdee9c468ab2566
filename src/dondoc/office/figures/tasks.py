"""Figures of tasks: on a list, in a group of its definition, under a resolution, from a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.models import StateClass
from dondoc.office.queries import documents, programmes, tasks
from dondoc.office.queries.tasks import TaskRow
from dondoc.rules.text import vi_date

NOT_RECORDED = gettext_noop("not recorded")


def _total(*, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str) -> Counted:
    tally = programmes.tallies(viewer=viewer, as_of=as_of, known_at=known_at).get(programme)
    if tally is None:
        return _not_recorded(programme, as_of)
    row = tally.programme
    sentence = _("On %(day)s the list “%(list)s” held %(n)d %(items)s.") % {
        "day": vi_date(as_of),
        "list": row.title,
        "n": tally.total,
        "items": row.item_noun,
    }
    return Counted(tally.total, row.item_noun, sentence, row.counting.name)


def _in_group(*, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str, group: str) -> Counted:
    tally = programmes.tallies(viewer=viewer, as_of=as_of, known_at=known_at).get(programme)
    if tally is None or group not in tally.by_group:
        return _not_recorded(programme, as_of)
    row = tally.programme
    label = next(g.label for g in row.counting.groups if g.code == group)
    sentence = _("On %(day)s, %(n)d of the %(total)d %(items)s of the list “%(list)s” were “%(label)s”. %(says)s") % {
        "day": vi_date(as_of),
        "n": tally.by_group[group],
        "total": tally.total,
        "items": row.item_noun,
        "list": row.title,
        "label": label,
        "says": row.counting.sentence,
    }
    return Counted(tally.by_group[group], label, sentence, row.counting.name)


def _not_recorded(programme: str, as_of: date) -> Counted:
    sentence = _("On %(day)s the list “%(list)s” was not on record.") % {"day": vi_date(as_of), "list": programme}
    return Counted(None, _(NOT_RECORDED), sentence)


def _every_programme(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    rows = programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"programme": row.key} for row in rows]


def _every_group(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    rows = programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"programme": row.key, "group": group.code} for row in rows for group in row.counting.groups]


def _programme_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str, group: str | None = None
) -> list[TaskRow]:
    return programmes.items(programme, viewer=viewer, as_of=as_of, known_at=known_at, group=group)


def _resolution(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, resolution: str, state_class: str | None = None
) -> Counted:
    title = dict(documents.resolutions(viewer=viewer, as_of=as_of, known_at=known_at)).get(int(resolution))
    if title is None:
        return _not_recorded(resolution, as_of)
    found = programmes.of_resolution(int(resolution), viewer=viewer, as_of=as_of, known_at=known_at)
    return _counted(tasks.tally(found, "state_class"), title, state_class, as_of)


def _counted(tally: Mapping[str, int], title: str, state_class: str | None, as_of: date) -> Counted:
    total = sum(tally.values())
    if state_class is None:
        sentence = _("On %(day)s, %(n)d different tasks were being followed for “%(title)s”.")
        return Counted(total, _("tasks"), sentence % {"day": vi_date(as_of), "n": total, "title": title})
    n, label = tally.get(state_class, 0), str(StateClass(state_class).label)
    sentence = _("On %(day)s, %(n)d of the %(total)d different tasks followed for “%(title)s” were %(label)s.") % {
        "day": vi_date(as_of),
        "n": n,
        "total": total,
        "title": title,
        "label": label,
    }
    return Counted(n, label, sentence)


def _resolution_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, resolution: str, state_class: str | None = None
) -> list[TaskRow]:
    found = programmes.of_resolution(int(resolution), viewer=viewer, as_of=as_of, known_at=known_at)
    if state_class is not None:
        found = found.filter(state_class=state_class)
    return tasks.rows_of(found, as_of=as_of, known_at=known_at, groups={}, numbers={})


def _every_resolution(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    found = documents.resolutions(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"resolution": str(pk)} for pk, _title in found]


def _every_resolution_class(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    found = documents.resolutions(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"resolution": str(pk), "state_class": c} for pk, _title in found for c in StateClass.values]


def _assigned(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, document: str, state_class: str | None = None
) -> Counted:
    title = dict(documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at)).get(int(document))
    if title is None:
        return _not_recorded(document, as_of)
    found = tasks.from_document(int(document), viewer=viewer, as_of=as_of, known_at=known_at)
    return _counted(tasks.tally(found, "state_class"), title, state_class, as_of)


def _assigned_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, document: str, state_class: str | None = None
) -> list[TaskRow]:
    found = tasks.from_document(int(document), viewer=viewer, as_of=as_of, known_at=known_at)
    if state_class is not None:
        found = found.filter(state_class=state_class)
    return tasks.rows_of(found, as_of=as_of, known_at=known_at, groups={}, numbers={})


def _every_document(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    found = documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"document": str(pk)} for pk, _title in found]


def _every_document_class(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Mapping[str, str]]:
    found = documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at)
    return [{"document": str(pk), "state_class": c} for pk, _title in found for c in StateClass.values]


register(
    Figure(
        key="tasks.total",
        says=gettext_noop("The tasks on a list on a day."),
        takes=("programme",),
        count=_total,
        rows=_programme_rows,
        every=_every_programme,
    )
)
register(
    Figure(
        key="tasks.in_group",
        says=gettext_noop(
            "The tasks on a list that fall on a day into a group of the definition then in force, "
            "named in the words of the source."
        ),
        takes=("programme", "group"),
        count=_in_group,
        rows=_programme_rows,
        every=_every_group,
    )
)
register(
    Figure(
        key="tasks.followed",
        says=gettext_noop("The different tasks on all lists under a resolution on a day, each counted once."),
        takes=("resolution",),
        count=_resolution,
        rows=_resolution_rows,
        every=_every_resolution,
    )
)
register(
    Figure(
        key="tasks.in_class",
        says=gettext_noop(
            "The different tasks under a resolution whose least advanced lead stands on a day in a state of a class."
        ),
        takes=("resolution", "state_class"),
        count=_resolution,
        rows=_resolution_rows,
        every=_every_resolution_class,
    )
)
register(
    Figure(
        key="tasks.assigned",
        says=gettext_noop("The tasks that come from the words of one document, on a day."),
        takes=("document",),
        count=_assigned,
        rows=_assigned_rows,
        every=_every_document,
    )
)
register(
    Figure(
        key="tasks.assigned_in_class",
        says=gettext_noop("The tasks from one document whose least advanced lead stands on a day in a state of a class."),
        takes=("document", "state_class"),
        count=_assigned,
        rows=_assigned_rows,
        every=_every_document_class,
    )
)
