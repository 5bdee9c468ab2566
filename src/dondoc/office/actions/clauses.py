"""Clauses: a document makes one concrete, a task comes from it, it needs nothing; and what was wrongly said ends.

That a document makes a clause concrete is a link: it ends like every other one (`actions/links.py`).
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import ClauseRelease, DocumentLink, TaskClause, TaskClauseEnd
from dondoc.office.queries import clauses, documents, tasks
from dondoc.rules.text import vi_date


class ClauseRefused(Refused):
    """Nothing can be tied to a clause like this."""


def make_concrete(
    clause_id: int, *, document_id: int, on: date, actor: Actor, kind: str = "makes_concrete"
) -> DocumentLink:
    """Say that from a day on a document makes a clause of another document concrete.

    A link like those of `links.add_link`, but to a clause, which is chosen and not named by a number: so both documents
    are in the register, and the link cannot be older than the document that says it.
    """
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


def tie_task(clause_id: int, *, task_id: int, actor: Actor) -> TaskClause:
    """Say that a task on record comes from a clause."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        clause = clauses.row(clause_id, office_id=w.office.pk)
        tasks.task(task_id, viewer=actor.viewer, as_of=w.today, known_at=None)
        if clauses.is_tied(clause_id, task_id):
            raise ClauseRefused(_("It is on record already that this task comes from this clause."))
        row = w.new(TaskClause, task_id=task_id, document_id=clause.document_id, clause=clause)
        w.record("tie_task", [row])
        return row


def untie_task(tie_id: int, *, reason: str, actor: Actor) -> TaskClauseEnd:
    """Say that a task was tied to a document by mistake: it never came from there, whatever day is looked at.

    What was read in the document's own words is not untied: its acceptance is withdrawn on the reading page.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        tie = clauses.tie(tie_id, office_id=w.office.pk)
        if tie.start is not None:
            raise ClauseRefused(
                _("This task was read in the words of the document. Withdraw its acceptance on the reading page.")
            )
        if not reason.strip():
            raise ClauseRefused(_("Say why the task does not come from there. The reason stays on record."))
        row = w.new(TaskClauseEnd, tie=tie, ended_on=w.today, reason=reason.strip())
        w.record("untie_task", [row])
        return row


def release_clause(clause_id: int, *, reason: str, on: date, actor: Actor) -> ClauseRelease:
    """Say that from a day on a clause needs nothing made of it, and why; it is then counted apart."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        clause = clauses.row(clause_id, office_id=w.office.pk)
        seen = clauses.clause(clause_id, viewer=actor.viewer, as_of=w.today, known_at=None)
        if not seen.is_counted:
            raise ClauseRefused(
                _("This part is not counted anyway: it carries clauses of its own, or only tells how things are.")
            )
        if not reason.strip():
            raise ClauseRefused(_("Say why the clause needs nothing. The reason is shown wherever the clause is."))
        if on > w.today:
            raise ClauseRefused(_("That day has not come yet. Say since when the clause needs nothing."))
        issued = documents.days([clause.document_id], known_at=None)[clause.document_id]
        if on < issued:
            raise ClauseRefused(
                _("The document is of %(day)s: nothing can be said of its clauses before that day.")
                % {"day": vi_date(issued)}
            )
        if clauses.is_released(clause_id):
            raise ClauseRefused(_("It is on record already that this clause needs nothing."))
        row = w.new(ClauseRelease, clause=clause, reason=reason.strip(), effective_on=on)
        w.record("release_clause", [row])
        return row


def end_release(release_id: int, *, on: date, actor: Actor) -> ClauseRelease:
    """Say from which day on a clause does need something; from its first day on: the mark was a mistake."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = clauses.release(release_id, office_id=w.office.pk)
        if on > w.today:
            raise ClauseRefused(_("That day has not come yet. A mark ends on the day on which it ended."))
        if on < former.effective_on:
            raise ClauseRefused(
                _("The mark holds since %(day)s: it cannot have ended before.") % {"day": vi_date(former.effective_on)}
            )
        row = w.instead(former, until_on=on)
        w.record("end_release", [row])
        return row
