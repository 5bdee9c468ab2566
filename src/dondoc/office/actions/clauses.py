"""Clauses: a document is said to make one concrete, or a task to come from it; a wrong word of that is ended."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import DocumentLink, TaskClause
from dondoc.office.queries import clauses, documents, tasks
from dondoc.rules.text import vi_date


class ClauseRefused(Refused):
    """Nothing can be tied to a clause like this."""


def make_concrete(
    clause_id: int, *, document_id: int, on: date, actor: Actor, kind: str = "makes_concrete"
) -> DocumentLink:
    """Say that from a day on a document makes a clause of another document concrete."""
    require(actor, "administrator", "officer")
    if kind not in clauses.CONCRETE:
        raise ClauseRefused(_("A document makes a clause concrete or implements it. Choose one of the two."))
    with writing(actor) as w:
        clause = clauses.row(clause_id, office_id=w.office.pk)
        documents.document(document_id, viewer=actor.viewer, as_of=w.today, known_at=None)
        if document_id == clause.document_id:
            raise ClauseRefused(_("A document does not make its own clause concrete. Choose another document."))
        if on > w.today:
            raise ClauseRefused(_("That day has not come yet. Say since when the document makes the clause concrete."))
        issued = documents.days([document_id], known_at=None)[document_id]
        if on < issued:
            raise ClauseRefused(
                _("The document is of %(day)s: it makes nothing concrete before that day.") % {"day": vi_date(issued)}
            )
        if clauses.is_concrete(clause_id, document_id, on=w.today):
            raise ClauseRefused(_("It is on record already that this document makes this clause concrete."))
        link = w.new(
            DocumentLink,
            document_id=document_id,
            target_id=clause.document_id,
            target_clause=clause,
            kind=kind,
            target_number=documents.header_row(clause.document_id).number,
            effective_on=on,
        )
        w.record("make_concrete", [link])
        return link


def end_concrete(link_id: int, *, on: date, actor: Actor) -> DocumentLink:
    """Say from which day on a document makes a clause concrete no more; from its first day on: it never did."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = clauses.link(link_id, office_id=w.office.pk)
        if former.target_clause_id is None:
            raise ClauseRefused(_("This link names no clause. It is mended on the page of the document."))
        if on > w.today:
            raise ClauseRefused(_("That day has not come yet. A link ends on the day on which it ended."))
        if on < former.effective_on:
            raise ClauseRefused(
                _("The link holds since %(day)s: it cannot have ended before.") % {"day": vi_date(former.effective_on)}
            )
        if former.until_on is not None and former.until_on <= on:
            raise ClauseRefused(_("The link has ended by then already."))
        link = w.new(
            DocumentLink,
            document_id=former.document_id,
            target_id=former.target_id,
            target_clause_id=former.target_clause_id,
            kind=former.kind,
            target_number=former.target_number,
            start=former.start,
            end=former.end,
            effective_on=former.effective_on,
            until_on=on,
            replaces=former,
        )
        w.record("end_link", [link])
        return link


def tie_task(clause_id: int, *, task_id: int, actor: Actor) -> TaskClause:
    """Say that a task on record comes from a clause. This is not taken back: it says where the task's words stand."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        clause = clauses.row(clause_id, office_id=w.office.pk)
        tasks.task(task_id, viewer=actor.viewer, as_of=w.today, known_at=None)
        if clauses.is_tied(clause_id, task_id):
            raise ClauseRefused(_("It is on record already that this task comes from this clause."))
        row = w.new(TaskClause, task_id=task_id, document_id=clause.document_id, clause=clause)
        w.record("tie_task", [row])
        return row
