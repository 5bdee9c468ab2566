"""Links between documents: one is added by number, its kind is changed, or it ends; what was said before stays.

A link to a whole document is added here and nowhere else; one to a clause is `clauses.make_concrete`, because it is
held against the clause and the day of the document. Both change and end here.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import DocumentLink, LinkKind
from dondoc.office.queries import documents, links
from dondoc.rules.text import vi_date

LONGEST = 80


class LinkRefused(Refused):
    """A link cannot be drawn like this."""


def add_link(document_id: int, *, kind: str, number: str, on: date, actor: Actor) -> DocumentLink:
    """Record from a day on what a document does to another, which is named by its number and may not be here yet."""
    require(actor, "administrator", "officer")
    number = " ".join(number.split())
    if kind not in LinkKind.values or not number or len(number) > LONGEST:
        raise LinkRefused(
            _("A document implements, makes concrete, amends, replaces or cites another one: name it by its number.")
        )
    with writing(actor) as w:
        documents.check_of_office([document_id], office_id=w.office.pk)
        if on > w.today:
            raise LinkRefused(_("A link cannot begin on a day that has not come yet."))
        if links.same(document_id, kind=kind, number=number, as_of=w.today):
            raise LinkRefused(_("This document has that link to “%(number)s” already.") % {"number": number})
        target = documents.numbered(number, office_id=w.office.pk, before=w.today)
        if target == document_id:
            raise LinkRefused(_("A document cannot be linked to itself. Look at the number again."))
        row = w.new(
            DocumentLink, document_id=document_id, kind=kind, target_id=target, target_number=number, effective_on=on
        )
        w.record("add_link", [row])
        return row


def change_link(link_id: int, *, kind: str, actor: Actor) -> DocumentLink:
    """Correct what a document does to another; what was recorded before stays readable."""
    require(actor, "administrator", "officer")
    if kind not in LinkKind.values:
        raise LinkRefused(_("Choose what the document does to the other one."))
    with writing(actor) as w:
        former = links.link(link_id, office_id=w.office.pk)
        if former.kind == kind:
            return former
        row = w.instead(former, kind=kind)
        w.record("change_link", [row])
        return row


def end_link(link_id: int, *, on: date, actor: Actor) -> DocumentLink:
    """Say from which day on a document does this to the other no more; from its first day on: it never did."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        former = links.link(link_id, office_id=w.office.pk)
        if on > w.today:
            raise LinkRefused(_("That day has not come yet. A link ends on the day on which it ended."))
        if on < former.effective_on:
            raise LinkRefused(
                _("The link holds since %(day)s: it cannot have ended before.") % {"day": vi_date(former.effective_on)}
            )
        if former.until_on is not None and former.until_on <= on:
            raise LinkRefused(_("The link has ended by then already."))
        row = w.instead(former, until_on=on)
        w.record("end_link", [row])
        return row
