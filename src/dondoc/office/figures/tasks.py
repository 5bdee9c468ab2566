"""Figures of tasks: on a list, in a group of its definition, under a resolution, from a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import CLASSES
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.models import StateClass
from dondoc.office.queries import documents, programmes, tasks
from dondoc.office.queries.programmes import Tally
from dondoc.office.queries.tasks import TaskRow, Wanted
from dondoc.rules.rates import percent, share
from dondoc.rules.text import vi_date


@dataclass(frozen=True, slots=True)
class Titled:
    """Tasks by class of state, under the document by which they are followed."""

    title: str
    by_class: Mapping[str, int]


def on_lists(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Tally]:
    """Count the tasks of every list by group; a page that has counted some gives them."""
    return programmes.tallies(viewer=viewer, as_of=as_of, known_at=known_at)


def of_office(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, int]:
    """Count all tasks by class of state; a page that has counted them gives them."""
    return tasks.of_office(viewer=viewer, as_of=as_of, known_at=known_at)


def _all(found: dict[str, int], *, as_of: date, state_class: str | None = None) -> Counted:
    total = sum(found.values())
    words = {"day": vi_date(as_of), "total": total}
    if state_class is None:
        sentence = ngettext(
            "On %(day)s, %(total)d task was on record.", "On %(day)s, %(total)d tasks were on record.", total
        )
        return Counted(total, _("tasks"), sentence % words)
    n, label = found.get(state_class, 0), str(StateClass(state_class).label)
    sentence = ngettext(
        "On %(day)s, %(n)d of all %(total)d tasks was: %(label)s.",
        "On %(day)s, %(n)d of all %(total)d tasks were: %(label)s.",
        n,
    )
    return Counted(n, label, sentence % {**words, "n": n, "label": label})


def _all_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, state_class: str | None = None
) -> list[TaskRow]:
    return tasks.tasks(Wanted(state_class=state_class), viewer=viewer, as_of=as_of, known_at=known_at)


def _total(lists: dict[str, Tally], *, as_of: date, programme: str) -> Counted:
    tally = lists.get(programme)
    if tally is None:
        return not_recorded(programme, as_of)
    row = tally.programme
    sentence = _("On %(day)s the list “%(list)s” held %(n)d %(items)s.") % {
        "day": vi_date(as_of),
        "list": row.title,
        "n": tally.total,
        "items": row.item_noun,
    }
    return Counted(tally.total, row.item_noun, sentence, row.counting.name)


def _in_group(lists: dict[str, Tally], *, as_of: date, programme: str, group: str) -> Counted:
    tally = lists.get(programme)
    if tally is None or group not in tally.by_group:
        return not_recorded(programme, as_of)
    row = tally.programme
    label = next(g.label for g in row.counting.groups if g.code == group)
    sentence = ngettext(
        "On %(day)s, %(n)d of the %(total)d %(items)s of the list “%(list)s” was “%(label)s”. %(says)s",
        "On %(day)s, %(n)d of the %(total)d %(items)s of the list “%(list)s” were “%(label)s”. %(says)s",
        tally.by_group[group],
    ) % {
        "day": vi_date(as_of),
        "n": tally.by_group[group],
        "total": tally.total,
        "items": row.item_noun,
        "list": row.title,
        "label": label,
        "says": row.counting.sentence,
    }
    return Counted(tally.by_group[group], label, sentence, row.counting.name)


def _share(lists: dict[str, Tally], *, as_of: date, programme: str, group: str) -> Counted:
    tally = lists.get(programme)
    if tally is None or group not in tally.by_group or not tally.total:
        return not_recorded(programme, as_of)
    counted = _in_group(lists, as_of=as_of, programme=programme, group=group)
    rate = percent(share(tally.by_group[group], tally.total))
    return Counted(rate, _("%(label)s, %%") % {"label": counted.label}, counted.sentence, counted.definition)


def not_recorded(what: str, as_of: date) -> Counted:
    """Say that nothing was on record on a day: no number, and never 0."""
    sentence = _("On %(day)s “%(what)s” was not on record.") % {"day": vi_date(as_of), "what": what}
    return Counted(None, _("not recorded"), sentence)


def _every_list(lists: dict[str, Tally]) -> list[Mapping[str, str]]:
    return [{"programme": key} for key in lists]


def _every_group(lists: dict[str, Tally]) -> list[Mapping[str, str]]:
    return [{"programme": key, "group": code} for key, tally in lists.items() for code in tally.by_group]


def _list_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str, group: str | None = None
) -> list[TaskRow]:
    return programmes.items(programme, viewer=viewer, as_of=as_of, known_at=known_at, group=group)


def _whole_list(*, viewer: Viewer, as_of: date, known_at: datetime | None, programme: str, group: str) -> list[TaskRow]:
    return programmes.items(programme, viewer=viewer, as_of=as_of, known_at=known_at)


def _under_resolutions(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Titled]:
    counts = tasks.by_class("resolution", viewer=viewer, as_of=as_of, known_at=known_at)
    titles = documents.resolutions(viewer=viewer, as_of=as_of, known_at=known_at)
    return {str(pk): Titled(title, counts.get(pk, {})) for pk, title in titles}


def from_documents(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Titled]:
    """Count the tasks from the words of each document; a page that shows how many gives what it has read."""
    counts = tasks.by_class("document", viewer=viewer, as_of=as_of, known_at=known_at)
    titles = documents.assigning(viewer=viewer, as_of=as_of, known_at=known_at)
    return {str(pk): Titled(title, counts.get(pk, {})) for pk, title in titles}


def _by_resolution(
    found: dict[str, Titled], *, as_of: date, resolution: str, state_class: str | None = None
) -> Counted:
    return _titled(found, as_of, resolution, state_class)


def _by_document(found: dict[str, Titled], *, as_of: date, document: str, state_class: str | None = None) -> Counted:
    return _titled(found, as_of, document, state_class)


def _titled(found: dict[str, Titled], as_of: date, key: str, state_class: str | None) -> Counted:
    if key not in found:
        return not_recorded(key, as_of)
    total = sum(found[key].by_class.values())
    words = {"day": vi_date(as_of), "total": total, "title": found[key].title}
    if state_class is None:
        sentence = ngettext(
            "On %(day)s, %(total)d task was being followed for “%(title)s”.",
            "On %(day)s, %(total)d different tasks were being followed for “%(title)s”.",
            total,
        )
        return Counted(total, _("tasks"), sentence % words)
    n, label = found[key].by_class.get(state_class, 0), str(StateClass(state_class).label)
    sentence = ngettext(
        "On %(day)s, %(n)d of the %(total)d different tasks followed for “%(title)s” was: %(label)s.",
        "On %(day)s, %(n)d of the %(total)d different tasks followed for “%(title)s” were: %(label)s.",
        n,
    )
    return Counted(n, label, sentence % {**words, "n": n, "label": label})


def _resolution_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, resolution: str, state_class: str | None = None
) -> list[TaskRow]:
    wanted = Wanted(resolution=resolution, state_class=state_class)
    return tasks.tasks(wanted, viewer=viewer, as_of=as_of, known_at=known_at)


def _document_rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, document: str, state_class: str | None = None
) -> list[TaskRow]:
    wanted = Wanted(document=document, state_class=state_class)
    return tasks.tasks(wanted, viewer=viewer, as_of=as_of, known_at=known_at)


def _every_resolution(found: dict[str, Titled]) -> list[Mapping[str, str]]:
    return [{"resolution": key} for key in found]


def _every_resolution_class(found: dict[str, Titled]) -> list[Mapping[str, str]]:
    return [{"resolution": key, "state_class": c} for key in found for c in StateClass.values]


def _every_document(found: dict[str, Titled]) -> list[Mapping[str, str]]:
    return [{"document": key} for key in found]


def _every_document_class(found: dict[str, Titled]) -> list[Mapping[str, str]]:
    return [{"document": key, "state_class": c} for key in found for c in StateClass.values]


register(
    Figure(
        key="tasks.all",
        says=gettext_noop(
            "All tasks on record on a day, or those whose least advanced lead stands in a state of a class."
        ),
        takes=("state_class",),
        among={"state_class": CLASSES},
        source=of_office,
        count=_all,
        rows=_all_rows,
        every=lambda _found: [{}, *({"state_class": one} for one in StateClass.values)],
    )
)
register(
    Figure(
        key="tasks.total",
        says=gettext_noop("The tasks on a list on a day."),
        takes=("programme",),
        needs=("programme",),
        source=on_lists,
        count=_total,
        rows=_list_rows,
        every=_every_list,
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
        needs=("programme", "group"),
        source=on_lists,
        count=_in_group,
        rows=_list_rows,
        every=_every_group,
    )
)
register(
    Figure(
        key="tasks.share",
        says=gettext_noop(
            "Of the tasks on a list on a day, the percent that fall into a group of the definition then in force."
        ),
        takes=("programme", "group"),
        needs=("programme", "group"),
        unit="%",
        source=on_lists,
        count=_share,
        rows=_list_rows,
        whole=_whole_list,
        every=lambda lists: [given for given in _every_group(lists) if lists[given["programme"]].total],
    )
)
register(
    Figure(
        key="tasks.followed",
        says=gettext_noop("The different tasks on all lists under a resolution on a day, each counted once."),
        takes=("resolution",),
        needs=("resolution",),
        source=_under_resolutions,
        count=_by_resolution,
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
        needs=("resolution", "state_class"),
        among={"state_class": CLASSES},
        source=_under_resolutions,
        count=_by_resolution,
        rows=_resolution_rows,
        every=_every_resolution_class,
    )
)
register(
    Figure(
        key="tasks.assigned",
        says=gettext_noop("The tasks that come from the words of one document, on a day."),
        takes=("document",),
        needs=("document",),
        source=from_documents,
        count=_by_document,
        rows=_document_rows,
        every=_every_document,
    )
)
register(
    Figure(
        key="tasks.assigned_in_class",
        says=gettext_noop(
            "The tasks from one document whose least advanced lead stands on a day in a state of a class."
        ),
        takes=("document", "state_class"),
        needs=("document", "state_class"),
        among={"state_class": CLASSES},
        source=from_documents,
        count=_by_document,
        rows=_document_rows,
        every=_every_document_class,
    )
)
