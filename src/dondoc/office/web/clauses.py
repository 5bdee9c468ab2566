"""Clauses: a resolution clause by clause, and one clause with what an officer ties to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dondoc.office import figures
from dondoc.office.access import Refused, require
from dondoc.office.actions.clauses import end_concrete, make_concrete, tie_task
from dondoc.office.actions.indicators import (
    NewIndicator,
    NewTarget,
    add_indicator,
    correct_target,
    set_target,
    withdraw_target,
)
from dondoc.office.figures import FigureValue
from dondoc.office.here import Here, number_asked
from dondoc.office.models import Direction, LinkKind
from dondoc.office.queries import clauses, documents, register, tasks
from dondoc.office.queries.clauses import ClauseRow, Which
from dondoc.office.queries.documents import DocumentRow
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.forms import DayInput, attempt, choice, line, offer
from dondoc.office.web.frame import counted_only, page, with_query
from dondoc.rules.periods import NotAPeriod, parse_period
from dondoc.rules.text import NotANumber, parse_vi_number

OFFICERS = ("officer", "administrator")
FOUND = 12  # of what a search on the page of a clause offers
PERIODS = 5  # targets that are entered together
LOOKS = {"clauses.with_nothing": "late"}


class ConcreteForm(forms.Form):
    """Which document makes the clause concrete, and since when."""

    document = forms.ChoiceField(
        label=gettext_lazy("The document"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it does"),
        choices=[(kind, LinkKind(kind).label) for kind in clauses.CONCRETE],
        widget=choice(),
    )
    on = forms.DateField(
        label=gettext_lazy("Since"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Left empty: since the day of the document."),
    )


class TaskTieForm(forms.Form):
    """Which task on record comes from the clause."""

    task = forms.ChoiceField(
        label=gettext_lazy("The task"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )


class TargetForm(forms.Form):
    """What is to be reached in a period, typed as offices write it: 2025 or 31/12/2025, 1.234,5."""

    period = forms.CharField(
        label=gettext_lazy("Period"), widget=line(), help_text=gettext_lazy("2025, 2021-2025 or 01/7/2025 - 31/12/2025")
    )
    value = forms.CharField(label=gettext_lazy("To be reached"), widget=line(inputmode="decimal"))
    upper = forms.CharField(label=gettext_lazy("Upper end"), required=False, widget=line(inputmode="decimal"))

    def clean_period(self) -> tuple[date, date]:
        return _period(self.cleaned_data["period"])

    def clean_value(self) -> Decimal:
        return _number(self.cleaned_data["value"])

    def clean_upper(self) -> Decimal | None:
        typed = self.cleaned_data["upper"]
        return _number(typed) if typed else None

    @property
    def target(self) -> NewTarget:
        """The target that was typed."""
        data = self.cleaned_data
        begins_on, ends_on = data["period"]
        return NewTarget(begins_on, ends_on, data["value"], data["upper"])


class IndicatorForm(forms.Form):
    """What is measured, in what, and which way is better."""

    name = forms.CharField(label=gettext_lazy("What is measured"), max_length=300, widget=line())
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, max_length=80, widget=line())
    direction = forms.ChoiceField(label=gettext_lazy("The aim"), choices=Direction.choices, widget=choice())
    on = forms.DateField(
        label=gettext_lazy("Set on"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("Left empty: on the day of the document."),
    )


def _period(typed: str) -> tuple[date, date]:
    try:
        return parse_period(typed)
    except NotAPeriod as wrong:
        raise forms.ValidationError(str(wrong)) from wrong


def _number(typed: str) -> Decimal:
    try:
        return parse_vi_number(typed)
    except NotANumber as wrong:
        raise forms.ValidationError(str(wrong)) from wrong


@require_GET
@page
def listing(request: HttpRequest, here: Here, document_id: int) -> HttpResponse:
    """Show a document clause by clause."""
    document = documents.document(document_id, **here.moment)
    which = _which(request.GET.get("show", ""))
    rows = clauses.clauses(document_id, **here.moment)
    context = {
        "document": document,
        "rows": clauses.kept(rows, which),
        "recorded": bool(rows),
        "figures": strip(coverage(document_id, here)),
        "choices": _choices(request, here, which),
        "whole": clauses.of_whole(document_id, **here.moment),
        "only": counted_only(here),
        "may_tie": here.may(*OFFICERS) and not here.is_past,
        "in_full": here.viewer.sees_all,
    }
    return render(request, "clauses/list.html", context)


def _which(asked: str) -> Which:
    return "nothing" if asked == "nothing" else "late" if asked == "late" else "all"


def _choices(request: HttpRequest, here: Here, which: Which) -> list[dict[str, object]]:
    words = {"": _("All clauses"), "nothing": _("With nothing yet"), "late": _("With a late task")}
    return [
        {
            "label": label,
            "url": with_query(request.path, {"show": key, **here.keep}),
            "current": key == ("" if which == "all" else which),
        }
        for key, label in words.items()
    ]


def coverage(document_id: int, here: Here) -> list[FigureValue]:
    """Work out what was made of the clauses of a document; nothing where it has none on record."""
    requests = [(f"clauses.{kind}", {"document": str(document_id)}) for kind in clauses.KINDS]
    found = figures.values(requests, **here.moment)
    return found if found[0].value else []


def strip(found: list[FigureValue]) -> list[dict[str, object]]:
    """Lay the figures of a document's clauses out as big numbers in a row."""
    return [{"label": figure.label, "class": LOOKS.get(figure.key, ""), "figure": figure} for figure in found]


@require_GET
@page
def show(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Show one clause, and to an officer what can be tied to it."""
    return _page(request, here, clauses.clause(clause_id, **here.moment))


def _page(
    request: HttpRequest,
    here: Here,
    clause: ClauseRow,
    *,
    concrete: ConcreteForm | None = None,
    tie: TaskTieForm | None = None,
    indicator: IndicatorForm | None = None,
    targets: list[TargetForm] | None = None,
) -> HttpResponse:
    may_tie = here.may(*OFFICERS) and not here.is_past
    context: dict[str, Any] = {"clause": clause, "may_tie": may_tie, "only": counted_only(here)}
    if may_tie:
        context |= {
            "find": request.GET.get("find", ""),
            "find_task": request.GET.get("find_task", ""),
            "concrete": concrete or _concrete(request, here, clause),
            "tie": tie or _tie(request, here, clause),
            "indicator": indicator or IndicatorForm(),
            "targets": targets or [TargetForm(prefix=str(n), use_required_attribute=False) for n in range(PERIODS)],
            "further": TargetForm(),
        }
    wrong = any(form is not None and form.errors for form in (concrete, tie, indicator, *(targets or ())))
    context["wrong"] = wrong
    return render(request, "clauses/page.html", context, status=422 if wrong else 200)


def _concrete(request: HttpRequest, here: Here, clause: ClauseRow) -> ConcreteForm | None:
    """Offer the documents that a search found, but for those that are tied already."""
    words = request.GET.get("find", "")
    if not words.strip():
        return None
    tied = {clause.document_id, *(link.document_id for link in clause.links)}
    wanted, size = register.Wanted(q=words), FOUND + len(tied)
    listed = register.page(wanted, **here.moment, order=register.Order(), place=register.Place(), size=size)
    rows = [found.row for found in listed.found if found.row.id not in tied]
    form = ConcreteForm()
    offer(form, "document", [(str(row.id), _titled(row)) for row in rows[:FOUND]])
    return form


def _titled(row: DocumentRow) -> str:
    """Name a document so that it can be told from others of the same number."""
    day = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
    parts = [row.title, row.issuer, day, row.subject if row.subject != row.title else ""]
    return " · ".join(part for part in parts if part)


def _tie(request: HttpRequest, here: Here, clause: ClauseRow) -> TaskTieForm | None:
    words = request.GET.get("find_task", "")
    if not words.strip():
        return None
    tied = {task.lead.task_id for task in clause.tasks}
    found = tasks.tasks(Wanted(words=words), **here.moment, size=FOUND + len(tied))
    form = TaskTieForm()
    offer(form, "task", [(str(row.id), f"{row.title} · {row.lead}") for row in found if row.id not in tied][:FOUND])
    return form


@require_POST
@page
def concrete(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Record that a document makes the clause concrete."""
    require(here.actor, *OFFICERS)
    wanted = number_asked(request.POST.get("document", ""))
    if wanted is None:
        raise Refused(_("No document was chosen. Look for it by its number, then choose it."))
    found = documents.document(wanted, **here.moment)
    form = ConcreteForm(request.POST)
    offer(form, "document", [(str(found.id), found.title)])
    if not form.is_valid():
        clause = clauses.clause(clause_id, **here.moment)
        return _page(request, here, clause, concrete=form)
    on = form.cleaned_data["on"] or found.issued_on or found.received_on
    make_concrete(clause_id, document_id=found.id, on=on, kind=form.cleaned_data["kind"], actor=here.actor)
    messages.success(request, _("%(document)s makes the clause concrete.") % {"document": found.title})
    return redirect("clause", clause_id)


@require_POST
@page
def link_end(request: HttpRequest, here: Here, link_id: int) -> HttpResponse:
    """Record that a document makes a clause concrete no more, or never did."""
    require(here.actor, *OFFICERS)
    form = forms.Form(request.POST)
    form.fields["on"] = forms.DateField(widget=DayInput())
    if not form.is_valid():
        raise Refused(_("Say on which day it ended, like 31/12/2025."))
    ended = end_concrete(link_id, on=form.cleaned_data["on"], actor=here.actor)
    messages.success(request, _("Recorded."))
    return redirect("clause", ended.target_clause_id or 0)


@require_POST
@page
def task(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Tie a task on record to the clause."""
    require(here.actor, *OFFICERS)
    wanted = number_asked(request.POST.get("task", ""))
    if wanted is None:
        raise Refused(_("No task was chosen. Look for it by its words, then choose it."))
    tie_task(clause_id, task_id=wanted, actor=here.actor)
    messages.success(request, _("The task is tied to the clause."))
    return redirect("clause", clause_id)


@require_POST
@page
def indicator(request: HttpRequest, here: Here, clause_id: int) -> HttpResponse:
    """Lay an indicator down from the words of the clause."""
    require(here.actor, *OFFICERS)
    clause = clauses.clause(clause_id, **here.moment)
    form = IndicatorForm(request.POST)
    sent = [TargetForm(request.POST, prefix=str(n), use_required_attribute=False) for n in range(PERIODS)]
    filled = [one for one in sent if any(request.POST.get(f"{one.prefix}-{name}", "").strip() for name in one.fields)]
    shown = [one if one in filled else TargetForm(prefix=one.prefix, use_required_attribute=False) for one in sent]
    if form.is_valid() and all(one.is_valid() for one in filled):
        data = form.cleaned_data
        document = documents.document(clause.document_id, **here.moment)
        on = data["on"] or document.issued_on or document.received_on
        new = NewIndicator(data["name"], data["direction"], data["unit"])
        targets = [one.target for one in filled]
        if attempt(form, lambda: add_indicator(clause_id, new, targets, on=on, actor=here.actor)):
            messages.success(request, _("The indicator is laid down."))
            return redirect("clause", clause_id)
    return _page(request, here, clause, indicator=form, targets=shown)


@require_POST
@page
def indicator_target(request: HttpRequest, here: Here, indicator_id: int) -> HttpResponse:
    """Set a further target of an indicator, or a changed one, from today on."""
    require(here.actor, *OFFICERS)
    row = set_target(indicator_id, _typed(request).target, on=here.today, actor=here.actor)
    messages.success(request, _("The target is set."))
    return redirect("clause", row.indicator.clause_id or 0)


@require_POST
@page
def target(request: HttpRequest, here: Here, target_id: int) -> HttpResponse:
    """Correct a target that was entered wrongly, or take it back."""
    require(here.actor, *OFFICERS)
    if "withdraw" in request.POST:
        row = withdraw_target(target_id, actor=here.actor)
    else:
        row = correct_target(target_id, _typed(request).target, actor=here.actor)
    messages.success(request, _("Corrected."))
    return redirect("clause", row.indicator.clause_id or 0)


def _typed(request: HttpRequest) -> TargetForm:
    """Read one target; refused with what is wrong in it, on the page it came from."""
    form = TargetForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form
