"""Withdrawing: a document that should not be here leaves every list, and can be put back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Withdrawal
from dondoc.office.queries import documents, removals


class RemovalRefused(Refused):
    """A document cannot be removed or put back like this."""


def withdraw_document(document_id: int, *, reason: str, successor_id: int | None, actor: Actor) -> Withdrawal:
    """Withdraw a document that should not be here, and name the right one where there is one; nothing of it is lost."""
    require(actor, "administrator", "officer")
    if not reason.strip():
        raise RemovalRefused(_("Say why the document is withdrawn: whoever looks for it will read it."))
    with writing(actor) as w:
        check_there(w, document_id)
        if removals.withdrawn(document_id, known_at=None) is not None:
            raise RemovalRefused(_("This document was withdrawn already. Reload the page to see by whom."))
        _check_successor(w, document_id, successor_id)
        row = withdrawal(w, document_id, reason=reason, successor_id=successor_id)
        w.record("withdraw_document", [row])
        return row


def put_back(document_id: int, *, reason: str, actor: Actor) -> Withdrawal:
    """Put a withdrawn document back into the lists, with everything that was made of it."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        check_there(w, document_id)
        if removals.withdrawn(document_id, known_at=None) is None:
            raise RemovalRefused(_("This document is not withdrawn. Reload the page to see how it stands."))
        if removals.asked(document_id) is not None:
            raise RemovalRefused(
                _("Somebody asked to have this document expunged. That has to be taken back before it is put back.")
            )
        row = w.new(Withdrawal, document_id=document_id, is_withdrawn=False, reason=reason.strip(), successor=None)
        w.record("put_document_back", [row])
        return row


def withdrawal(w: Writing, document_id: int, *, reason: str, successor_id: int | None) -> Withdrawal:
    """Make the row that says that a document is withdrawn."""
    return w.new(
        Withdrawal, document_id=document_id, is_withdrawn=True, reason=reason.strip(), successor_id=successor_id
    )


def check_there(w: Writing, document_id: int) -> None:
    """Refuse a document that is another office's or was expunged."""
    documents.check_of_office([document_id], office_id=w.office.pk)
    if removals.is_expunged(document_id):
        raise RemovalRefused(_("This document was expunged. Nothing of it is left, and nothing can bring it back."))


def _check_successor(w: Writing, document_id: int, successor_id: int | None) -> None:
    if successor_id is None:
        return
    documents.check_of_office([successor_id], office_id=w.office.pk)
    if successor_id == document_id or removals.withdrawn(successor_id, known_at=None) is not None:
        raise RemovalRefused(_("The right document must be another one, and not withdrawn itself. Choose again."))
