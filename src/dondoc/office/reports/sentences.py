"""Sentences of numbers: none, one, all, some, and "not recorded", each said as an official report says it.

Each function returns runs, so that every number stays the figure it is. A figure without a value is always
said to be unrecorded; nought is said in words or left out, by the rule in each docstring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office.figures.registry import FigureValue
from dondoc.office.reports.blocks import FigureRun, Runs, Text
from dondoc.office.reports.wording import fill, listed
from dondoc.rules.states import StateClass
from dondoc.rules.text import vi_date_in_text


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many items are in one state: the state's words in the source ("đã thực hiện"), its class, the
    figure.
    """

    label: str
    state_class: StateClass
    figure: FigureValue


def states_sentence(*, noun: str, lead: Runs, total: FigureValue, groups: Sequence[GroupCount]) -> Runs:
    """Say how the items of a list stand: "Trong 14 nhiệm vụ do … chủ trì, có 8 nhiệm vụ đã thực hiện, …".

    `noun` is what is counted ("nhiệm vụ", "dự án"), `lead` the words that tell whose they are ("do … chủ
    trì"). A group of nought is left out, except of class "done", where it is said ("chưa có nhiệm vụ nào …");
    a group without a value is said to be unrecorded. A single item and a list that stands in one state have
    sentences of their own.
    """
    if total.value is None:
        return fill(
            _("On %(day)s, the number of %(noun)s %(lead)s: %(gap)s."),
            day=vi_date_in_text(total.as_of),
            noun=noun,
            lead=lead,
            gap=FigureRun(total),
        )
    if total.value == 0:
        none = FigureRun(total, _("There is no %(noun)s") % {"noun": noun})
        return fill(_("%(none)s %(lead)s."), none=none, lead=lead)
    whole = [group for group in groups if group.figure.value == total.value]
    if len(whole) == 1 and all(g.figure.value == 0 for g in groups if g is not whole[0]):
        pattern = _("There is %(total)s %(noun)s %(lead)s: %(state)s.")
        if total.value > 1:
            pattern = _("All %(total)s %(noun)s %(lead)s are %(state)s.")
        return fill(pattern, total=FigureRun(total), noun=noun, lead=lead, state=whole[0].label)
    clauses = _state_clauses(noun, groups)
    if not clauses:
        return fill(_("There are %(total)s %(noun)s %(lead)s."), total=FigureRun(total), noun=noun, lead=lead)
    return fill(
        _("Of %(total)s %(noun)s %(lead)s, %(clauses)s."),
        total=FigureRun(total),
        noun=noun,
        lead=lead,
        clauses=_clauses(clauses),
    )


def _state_clauses(noun: str, groups: Sequence[GroupCount]) -> list[Runs]:
    some = [group for group in groups if group.figure.value]
    none_done = [group for group in groups if group.figure.value == 0 and group.state_class == "done"]
    unknown = [group for group in groups if group.figure.value is None]
    clauses: list[Runs] = []
    if some:
        parts = [_counted(noun, group.figure, group.label) for group in some]
        clauses.append(fill(_("there are %(parts)s"), parts=listed(parts)))
    for group in none_done:
        none = FigureRun(group.figure, pgettext("not yet", "no %(noun)s") % {"noun": noun})
        clauses.append(fill(_("%(none)s recorded as %(state)s"), none=none, state=group.label))
    for group in unknown:
        gap = FigureRun(group.figure)
        clauses.append(fill(_("the number of %(noun)s %(state)s: %(gap)s"), noun=noun, state=group.label, gap=gap))
    return clauses


def timeliness_sentence(*, noun: str, late: FigureValue, due_soon: FigureValue, as_of: date) -> Runs:
    """Say what is late and what comes due soon: "Đến ngày 02/12/2023, không có nhiệm vụ nào quá hạn; …".

    Nought is always said here, because "none late" is news; unrecorded is said as such.
    """
    counted = [(late, _("overdue")), (due_soon, _("due soon"))]
    if late.value and due_soon.value:
        parts = [_counted(noun, figure, state) for figure, state in counted]
        clauses = [fill(_("there are %(parts)s"), parts=listed(parts))]
    else:
        clauses = [_timeliness_clause(noun, figure, state) for figure, state in counted]
    return fill(_("On %(day)s, %(clauses)s."), day=vi_date_in_text(as_of), clauses=_clauses(clauses))


def _timeliness_clause(noun: str, figure: FigureValue, state: str) -> Runs:
    if figure.value is None:
        return fill(_("the number of %(noun)s %(state)s: %(gap)s"), noun=noun, state=state, gap=FigureRun(figure))
    if figure.value == 0:
        none = FigureRun(figure, pgettext("not one", "no %(noun)s") % {"noun": noun})
        return fill(_("%(none)s %(state)s"), none=none, state=state)
    return fill(_("there are %(parts)s"), parts=_counted(noun, figure, state))


def _counted(noun: str, figure: FigureValue, state: str) -> Runs:
    return fill(_("%(count)s %(noun)s %(state)s"), count=FigureRun(figure), noun=noun, state=state)


def _clauses(clauses: Sequence[Runs]) -> Runs:
    """Part whole clauses by semicolons, since each may hold commas of its own."""
    line = clauses[0]
    for clause in clauses[1:]:
        line = fill("%(line)s; %(clause)s", line=line, clause=clause)
    return line


def late_sentence(*, late: FigureValue, unfinished: FigureValue, as_of: date, listed_below: bool) -> Runs:
    """Say what is overdue, out of what is not finished: none, the only one, one, all, some.

    "Đến ngày 02/12/2023, có 3 nhiệm vụ quá hạn trong tổng số 8 nhiệm vụ chưa hoàn thành, cụ thể như sau:".
    None overdue is said, because it is news; nothing left to do is said instead of it.
    """
    day, end = vi_date_in_text(as_of), _(", namely:") if listed_below else "."
    if late.value is None or unfinished.value is None:
        return fill(_("On %(day)s, the number of tasks overdue: %(gap)s."), day=day, gap=FigureRun(late))
    if unfinished.value == 0:
        none = FigureRun(unfinished, _("no task"))
        return fill(_("On %(day)s, %(none)s was left to be finished."), day=day, none=none)
    if late.value == 0:
        none = FigureRun(late, _("no task"))
        pattern = _("On %(day)s, %(none)s was overdue, of %(unfinished)s not finished.")
        return fill(pattern, day=day, none=none, unfinished=FigureRun(unfinished))
    if late.value == unfinished.value:
        pattern = _("On %(day)s, the only task not finished (%(late)s) was overdue%(end)s")
        if late.value > 1:
            pattern = _("On %(day)s, all %(late)s tasks not finished were overdue%(end)s")
        return fill(pattern, day=day, late=FigureRun(late), end=end)
    pattern = _("On %(day)s, %(late)s task was overdue, of %(unfinished)s not finished%(end)s")
    if late.value > 1:
        pattern = _("On %(day)s, %(late)s tasks were overdue, of %(unfinished)s not finished%(end)s")
    return fill(pattern, day=day, late=FigureRun(late), unfinished=FigureRun(unfinished), end=end)


def ahead_sentence(*, due_soon: FigureValue, as_of: date, listed_below: bool) -> Runs:
    """Say what falls due next: none, one, many."""
    day, end = vi_date_in_text(as_of), _(", namely:") if listed_below else "."
    if due_soon.value is None:
        pattern = _("After %(day)s, the number of tasks about to fall due: %(gap)s.")
        return fill(pattern, day=day, gap=FigureRun(due_soon))
    if due_soon.value == 0:
        none = FigureRun(due_soon, _("no task"))
        return fill(_("After %(day)s, %(none)s is about to fall due."), day=day, none=none)
    pattern = _("After %(day)s, %(count)s task is about to fall due%(end)s")
    if due_soon.value > 1:
        pattern = _("After %(day)s, %(count)s tasks are about to fall due%(end)s")
    return fill(pattern, day=day, count=FigureRun(due_soon), end=end)


def owed_sentence(*, owed: FigureValue, done: FigureValue, unfinished: FigureValue, as_of: date) -> Runs:
    """Say how much was assigned and how it stands: none assigned, none done, all done, some.

    "Đến ngày …, tổng số nhiệm vụ được giao là 14, trong đó đã hoàn thành 8, chưa hoàn thành 6.". What was deferred
    or dropped is neither done nor open, so that the two need not add up to the whole.
    """
    day = vi_date_in_text(as_of)
    if owed.value is None or done.value is None or unfinished.value is None:
        return fill(_("On %(day)s, the number of tasks assigned: %(gap)s."), day=day, gap=FigureRun(owed))
    if owed.value == 0:
        return fill(_("Up to %(day)s, %(none)s had been assigned."), day=day, none=FigureRun(owed, _("no task")))
    if owed.value == done.value:
        pattern = _("Up to %(day)s, the only task assigned (%(owed)s) was done.")
        if owed.value > 1:
            pattern = _("Up to %(day)s, all %(owed)s tasks assigned were done.")
        return fill(pattern, day=day, owed=FigureRun(owed))
    pattern = _("Up to %(day)s, %(owed)s tasks had been assigned: %(done)s done, %(unfinished)s not finished.")
    if owed.value == 1:
        pattern = _("Up to %(day)s, %(owed)s task had been assigned: %(done)s done, %(unfinished)s not finished.")
    said = FigureRun(done) if done.value else FigureRun(done, pgettext("not yet done", "none"))
    return fill(pattern, day=day, owed=FigureRun(owed), done=said, unfinished=FigureRun(unfinished))


def rate_sentence(
    *, name: str, rate: FigureValue, counted: FigureValue | None = None, of: FigureValue | None = None
) -> Runs:
    """Say a rate with what it counts and out of how many: "Tỷ lệ đúng hạn: 80% (8/10 nhiệm vụ).".

    Out of nothing there is no rate, and the sentence says so; a rate is never printed as 0 for want of cases.
    """
    if rate.value is None:
        return fill(_("%(name)s: nothing to count yet (%(gap)s)."), name=name, gap=FigureRun(rate))
    if counted is None or of is None:
        return fill("%(name)s: %(rate)s%%.", name=name, rate=FigureRun(rate))
    pattern = _("%(name)s: %(rate)s%% (%(counted)s of %(of)s tasks).")
    return fill(pattern, name=name, rate=FigureRun(rate), counted=FigureRun(counted), of=FigureRun(of))


def counted_sentence(counted: FigureValue, *, none: str, one: str, many: str, listed_below: bool = False) -> Runs:
    """Say a count: in words of its own where there is none, else by a pattern with the place %(count)s.

    The patterns bring no stop: what follows is either the end of the sentence or a list.
    """
    if counted.value is None:
        return fill("%(label)s: %(gap)s.", label=counted.label, gap=FigureRun(counted))
    if counted.value == 0:
        return (FigureRun(counted, none), Text("."))
    end = _(", namely:") if listed_below else "."
    return (*fill(one if counted.value == 1 else many, count=FigureRun(counted)), Text(end))
