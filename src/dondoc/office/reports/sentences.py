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
from dondoc.office.reports.blocks import FigureRun, Runs
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
