"""The figure of lists of tasks: how many fit what a list asks for, in all, in a column of its board, on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Viewer
from dondoc.office.figures.arguments import CLASSES, Argument, Labels
from dondoc.office.figures.registry import (
    ArgumentsRefused,
    Counted,
    Figure,
    FigureValue,
    check,
    register,
    values,
)
from dondoc.office.models import DutyRole, TaskKind, TaskOrigin
from dondoc.office.queries import wishes
from dondoc.office.queries.wishes import PARAMETERS, SEVERAL, WHOLE, ListRow, Part, Wish
from dondoc.rules.text import vi_date

KEY = "tasks.listed"
BUCKETS = {
    "late": gettext_noop("late"),
    "due_soon": gettext_noop("due soon"),
    "open": gettext_noop("open and in time"),
    "no_due": gettext_noop("without a due day"),
    "done_in_time": gettext_noop("done in time"),
    "done_with_due": gettext_noop("done late"),
    "done": gettext_noop("done without a due day"),
    "owed": gettext_noop("neither open nor done"),
}
WHETHER = {"yes": gettext_noop("yes"), "no": gettext_noop("no")}
AMONG: Mapping[str, Labels] = {
    "role": dict(DutyRole.choices),
    "state_class": CLASSES,
    "bucket": BUCKETS,
    "kind": dict(TaskKind.choices),
    "origin": dict(TaskOrigin.choices),
    "product": {
        "named": gettext_noop("with a product named"),
        "none": gettext_noop("without a product named"),
        "issued": gettext_noop("with a product that was issued"),
    },
    "unclear": {
        "who": gettext_noop("unclear who does it"),
        "when": gettext_noop("unclear by when"),
        "answers": gettext_noop("unclear who answers for it"),
        "product": gettext_noop("unclear which product"),
        "authority": gettext_noop("unclear by whose authority"),
    },
    **dict.fromkeys(("obstacle", "urged", "sample"), WHETHER),
    "in_class": CLASSES,
}
# A part of the list: the column of the board, or the days of the calendar, in which its rows stand.
PARTS = {"in_class": "state_class", "in_state": "state", "first_day": "due_from", "last_day": "due_to"}
SAYS = {
    "q": gettext_noop("words in the title"),
    "programme": gettext_noop("the list"),
    "resolution": gettext_noop("the document under which tasks are followed"),
    "document": gettext_noop("the document it comes from"),
    "agency": gettext_noop("the agency"),
    "role": gettext_noop("the role"),
    "person": gettext_noop("the person"),
    "state_class": gettext_noop("the sort of state"),
    "state": gettext_noop("the state"),
    "bucket": gettext_noop("how timely"),
    "due_from": gettext_noop("due from"),
    "due_to": gettext_noop("due up to"),
    "assigned_from": gettext_noop("assigned from"),
    "assigned_to": gettext_noop("assigned up to"),
    "kind": gettext_noop("the kind"),
    "origin": gettext_noop("how it was entered"),
    "product": gettext_noop("the product"),
    "obstacle": gettext_noop("held up by an obstacle"),
    "urged": gettext_noop("urged already"),
    "unclear": gettext_noop("what of the six clear points it lacks"),
    "sample": gettext_noop("sample data"),
}


def _type(name: str, parameter: str) -> Argument:
    kind: Any = "record" if name in wishes.NUMBERS else "day" if name in wishes.DAYS else "text"
    return Argument(kind, SAYS[parameter], several=name in SEVERAL)


TYPES = {
    **{parameter: _type(name, parameter) for name, parameter in PARAMETERS.items()},
    "in_class": Argument("choice", gettext_noop("in the column of the sort of state")),
    "in_state": Argument("text", gettext_noop("in the column of the state")),
    "first_day": Argument("day", gettext_noop("in the calendar from")),
    "last_day": Argument("day", gettext_noop("in the calendar up to")),
}
Asked = tuple[Wish, Part]


def _asked(given: Mapping[str, str]) -> Asked:
    first, last = (date.fromisoformat(day) if (day := given.get(end)) else None for end in ("first_day", "last_day"))
    return wishes.wish_of(given), Part(given.get("in_class", ""), given.get("in_state", ""), first, last)


def arguments_of(wish: Wish, part: Part = WHOLE) -> dict[str, str]:
    """Write what a list asks for, or a part of it, as arguments of the figure."""
    found = {name: getattr(part, of) for name, of in PARTS.items()}
    return {**wishes.written(wish), **{name: str(value) for name, value in found.items() if value}}


@dataclass(frozen=True, slots=True)
class Lists:
    """Whose tasks are counted, on which day; `totals` were counted already by the page that shows them."""

    viewer: Viewer
    as_of: date
    known_at: datetime | None
    totals: Mapping[Asked, int] = field(default_factory=dict)

    def count(self, wish: Wish, part: Part) -> int:
        """Count the tasks that fit a wish and stand in a part of its list."""
        if (wish, part) in self.totals:
            return self.totals[wish, part]
        moment: dict[str, Any] = {"viewer": self.viewer, "as_of": self.as_of, "known_at": self.known_at}
        return wishes.listed(wish, part=part, size=0, **moment).total


def numbers(
    totals: Mapping[Asked, int], *, viewer: Viewer, as_of: date, known_at: datetime | None
) -> list[FigureValue]:
    """Give the numbers that a page has counted with its rows, in their order.

    One that asks for something that does not exist (a state of affairs no register knows) opens to nothing: it is 0.
    """
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    read = Lists(**moment, totals=totals)
    found = []
    for wish, part in totals:
        arguments = arguments_of(wish, part)
        try:
            check(KEY, arguments)
        except ArgumentsRefused:
            said = _counted(totals[wish, part], as_of, is_whole=False)
            found.append(
                FigureValue(KEY, (), said.value, said.label, said.sentence, as_of, known_at, said.definition, "")
            )
        else:
            found += values([(KEY, arguments)], **moment, given={Lists: read})
    return found


def _count(found: Lists, *, as_of: date, **given: str) -> Counted:
    return _counted(found.count(*_asked(given)), as_of, is_whole=not given)


def _counted(n: int, as_of: date, *, is_whole: bool) -> Counted:
    words = {"day": vi_date(as_of), "n": n}
    if is_whole:
        sentence = ngettext("On %(day)s, %(n)d task was on the list.", "On %(day)s, %(n)d tasks were on the list.", n)
    else:
        sentence = ngettext(
            "On %(day)s, %(n)d task fitted what was asked for.",
            "On %(day)s, %(n)d tasks fitted what was asked for.",
            n,
        )
    return Counted(n, ngettext("task", "tasks", n), sentence % words)


def _rows(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, size: int | None = None, **given: str
) -> list[ListRow]:
    wish, part = _asked(given)
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    # Further columns belong to a list on a page; as a plain dict the rows go through JSON as well.
    return [replace(row, extras={}) for row in wishes.listed(wish, part=part, size=size, **moment).rows]


def _every(_found: Lists) -> list[Mapping[str, str]]:
    """List what the shapes of the whole list show; what a filter leaves is asked for with the filter."""
    return [{}, *({"in_class": one} for one in CLASSES)]


register(
    Figure(
        key=KEY,
        says=gettext_noop(
            "The tasks on a day that fit all that a list asks for, each counted once by the duty by which it is shown; "
            "of the whole list, of a column of its board or of days of its calendar."
        ),
        takes=(*PARAMETERS.values(), *PARTS),
        among=AMONG,
        types=TYPES,
        source=Lists,
        count=_count,
        rows=_rows,
        every=_every,
        tells=True,
        cuts=True,
    )
)
