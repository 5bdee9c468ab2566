"""A resolution clause by clause, and one clause with what an officer can tie to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dondoc.office import figures
from dondoc.office.figures import FigureValue
from dondoc.office.here import Here
from dondoc.office.queries import clauses, documents, register, tasks
from dondoc.office.queries.clauses import ClauseRow, Which
from dondoc.office.queries.documents import DocumentRow
from dondoc.office.queries.tasks import Wanted
from dondoc.office.web.clauses.forms import ConcreteForm, IndicatorForm, ReleaseForm, TargetForm, TaskTieForm
from dondoc.office.web.forms import offer
from dondoc.office.web.frame import counted_only, page, with_query

OFFICERS = ("officer", "administrator")
FOUND = 12  # of what a search on the page of a clause offers
PERIODS = 5  # targets that are entered together
LOOKS = {"clauses.with_nothing": "late"}


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
    return clause_page(request, here, clauses.clause(clause_id, **here.moment))


def clause_page(
    request: HttpRequest,
    here: Here,
    clause: ClauseRow,
    *,
    concrete: ConcreteForm | None = None,
    tie: TaskTieForm | None = None,
    release: ReleaseForm | None = None,
    indicator: IndicatorForm | None = None,
    targets: list[TargetForm] | None = None,
) -> HttpResponse:
    """Show one clause; a form that was sent and refused is given and shown as it was typed."""
    may_tie = here.may(*OFFICERS) and not here.is_past
    context: dict[str, Any] = {"clause": clause, "may_tie": may_tie, "only": counted_only(here)}
    if may_tie:
        context |= {
            "find": request.GET.get("find", ""),
            "find_task": request.GET.get("find_task", ""),
            "concrete": concrete or _concrete(request, here, clause),
            "tie": tie or _tie(request, here, clause),
            "release": release or ReleaseForm(),
            "indicator": indicator or IndicatorForm(),
            "targets": targets or [TargetForm(prefix=str(n), use_required_attribute=False) for n in range(PERIODS)],
            "further": TargetForm(),
        }
    context["ended"] = clauses.ended(clause.id, **here.moment)
    context["wrong"] = any(form is not None and form.errors for form in (indicator, *(targets or ())))
    wrong = context["wrong"] or any(form is not None and form.errors for form in (concrete, tie, release))
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
