"""Single clauses and what is tied to them, for the actions that write."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dondoc.office.models import Clause, ClauseRelease, DocumentLink, TaskClause
from dondoc.office.models.facts import in_force, known
from dondoc.office.models.tasks import standing_ties
from dondoc.office.queries.clauses.rows import NoSuchClause
from dondoc.office.queries.clauses.ties import CONCRETE


def row(clause_id: int, *, office_id: int) -> Clause:
    """Give a clause of an office, for the action that ties something to it."""
    found = Clause.objects.filter(pk=clause_id, document__office_id=office_id).select_related("document").first()
    if found is None:
        raise NoSuchClause(_("There is no such clause in this office."))
    return found


def is_concrete(clause_id: int, document_id: int, *, on: date) -> bool:
    """Say whether a document makes a clause concrete on a day, as it is known now."""
    rows = DocumentLink.objects.filter(target_clause=clause_id, document=document_id, kind__in=CONCRETE)
    return in_force(rows, as_of=on, known_at=None).exists()


def is_tied(clause_id: int, task_id: int) -> bool:
    """Say whether a task is tied to a clause, as it is known now."""
    return standing_ties(TaskClause.objects.filter(clause=clause_id, task=task_id), known_at=None).exists()


def tie(tie_id: int, *, office_id: int) -> TaskClause:
    """Give the tie of a task to a document of an office that stands, for the action that ends it."""
    rows = TaskClause.objects.filter(pk=tie_id, document__office_id=office_id)
    found = standing_ties(rows, known_at=None).first()
    if found is None:
        raise NoSuchClause(_("The task is not tied there, or it was untied meanwhile. Load the page again."))
    return found


def is_released(clause_id: int) -> bool:
    """Say whether it is on record, on any day from now on, that a clause needs nothing."""
    return known(ClauseRelease.objects.filter(clause=clause_id, until_on=None), known_at=None).exists()


def release(release_id: int, *, office_id: int) -> ClauseRelease:
    """Give the word that a clause of an office needs nothing, while it stands, for the action that ends it."""
    rows = known(ClauseRelease.objects.filter(pk=release_id, clause__document__office_id=office_id), known_at=None)
    found = rows.filter(until_on=None).select_related("clause").first()
    if found is None:
        raise NoSuchClause(_("There is no such mark, or it was ended meanwhile. Load the page again."))
    return found
