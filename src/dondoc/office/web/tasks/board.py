"""The list as a board: a column for each state, cards that go from one to the next through the same action as ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dondoc.office.access import Refused
from dondoc.office.actions.duties import Move, move_duty
from dondoc.office.figures import FigureValue
from dondoc.office.figures.wishes import numbers
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import wishes
from dondoc.office.queries.definitions import NextState
from dondoc.office.queries.wishes import WHOLE, BoardColumn, ListRow, Part
from dondoc.office.web.frame import asks_for_part, page, with_query
from dondoc.office.web.tasks.asking import query_of

if TYPE_CHECKING:
    from dondoc.office.web.tasks.listing import Shown

EACH = 25  # cards of a column; the others are counted and listed
BY = {"state_class": gettext_lazy("By sort of state"), "state": gettext_lazy("By state")}


@dataclass(frozen=True, slots=True)
class Card:
    """A task as a card: the steps that this person may take with it, forward and back."""

    row: ListRow
    back: NextState | None
    forward: NextState | None
    may_move: bool
    is_moved: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its cards, how many more there are, and where all of them are listed."""

    head: BoardColumn
    figure: FigureValue
    cards: tuple[Card, ...]
    more: int
    url: str


def context(request: HttpRequest, here: Here, shown: Shown, *, moved: int | None = None) -> dict[str, Any]:
    """Give the columns of the board and their cards; `moved` is the duty that was moved just now."""
    by: Literal["state", "state_class"] = "state" if request.GET.get("by") == "state" else "state_class"
    wish = shown.asked.wish
    found = wishes.board(wish, by=by, each=EACH, **here.moment)
    rows = [row for column in found for row in column.rows]
    steps = {} if here.is_past else wishes.steps(rows, viewer=here.viewer, as_of=here.today)
    query = query_of(wish, wishes.Order())

    def card(row: ListRow) -> Card:
        may = steps.get(row.duty.id)
        if may is None:
            return Card(row, None, None, False, False)
        return Card(row, may.back, may.forward, bool(may.all), row.duty.id == moved)

    whole = sum(column.total for column in found)
    totals = {(wish, WHOLE): whole} | {(wish, _part(by, column.key)): column.total for column in found}
    counted, *figures = numbers(totals, **here.moment)
    columns = [
        Column(
            column,
            figure,
            tuple(card(row) for row in column.rows),
            column.total - len(column.rows),
            with_query("/tasks/", {**query, by: column.key, **here.keep}),
        )
        for column, figure in zip(found, figures, strict=True)
    ]
    kept = {**shown.query, **here.keep}
    return {
        "columns": columns,
        "total": whole,
        "counted": counted,
        "move_url": with_query("/tasks/move/", kept),
        "bys": [
            {"label": label, "url": with_query("/tasks/", {**kept, "by": key}), "current": key == by}
            for key, label in BY.items()
        ],
    }


def _part(by: str, key: str) -> Part:
    return Part(state=key) if by == "state" else Part(state_class=key)


@require_POST
@page
def move(request: HttpRequest, here: Here) -> HttpResponse:
    """Move a card into another state, as of today; it answers with the board as it stands then."""
    from dondoc.office.web.tasks.listing import frame, shown_by

    duty, seen, wanted = (request.POST.get("move", "") + "::").split(":")[:3]
    key = number_asked(duty)
    if key is None or not wanted:
        raise Refused(_("Choose a task and the state into which it goes."))
    move_duty(Move(key, wanted, here.today, seen_state=seen), actor=here.actor)
    shown = shown_by(request, here)
    if not asks_for_part(request):
        messages.success(request, _("Recorded."))
        return redirect(with_query("/tasks/", {**shown.query, "shape": "board", **here.keep}))
    made = {**frame(request, here, shown), **context(request, here, shown, moved=key)}
    return render(request, "tasks/board.html", made)
