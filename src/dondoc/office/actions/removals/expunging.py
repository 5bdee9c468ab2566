"""Expunging: a document found secret is destroyed with everything made of it, when a second person confirms it.

Luật Bảo vệ bí mật nhà nước 117/2025/QH15 lets no state secret lie on a machine that is on a network. What stays is
what proves that it was done: the hash of the file, the day it came in, the names of both persons, the chain of the log.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.removals.erasing import erase
from dondoc.office.actions.removals.withdrawing import RemovalRefused, check_there, withdrawal
from dondoc.office.models import ExpungeRequest, Expunging
from dondoc.office.queries import documents, removals
from dondoc.office.queries.removals.reach import reach


def ask_expunging(document_id: int, *, actor: Actor) -> ExpungeRequest:
    """Ask a second person to have a document expunged that was found secret; it is out of sight from now on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        check_there(w, document_id)
        if removals.asked(document_id) is not None:
            raise RemovalRefused(_("Somebody asked for this already. A second person has to confirm it now."))
        row = w.new(ExpungeRequest, document_id=document_id, asked_by_id=actor.user_id)
        hidden = removals.withdrawn(document_id, known_at=None) is not None
        rows = [] if hidden else [withdrawal(w, document_id, reason=str(_("found secret")), successor_id=None)]
        w.record("ask_expunging", [row, *rows])
        return row


def take_back_expunging(document_id: int, *, actor: Actor) -> ExpungeRequest:
    """Take back that a document should be expunged: it was no secret. It stays withdrawn until it is put back."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        check_there(w, document_id)
        if removals.asked(document_id) is None:
            raise RemovalRefused(_("Nobody asks for this document to be expunged any more. Reload the page."))
        row = w.new(ExpungeRequest, document_id=document_id, asked_by_id=actor.user_id, is_taken_back=True)
        w.record("take_back_expunging", [row])
        return row


def expunge(document_id: int, *, typed: str, actor: Actor) -> Expunging:
    """Destroy a document and everything made of it; only a second person can, who types the document's number."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        check_there(w, document_id)
        request = removals.asked(document_id)
        if request is None:
            raise RemovalRefused(_("Nobody asks for this document to be expunged any more. Reload the page."))
        if actor.user_id is None or request.by_id == actor.user_id:
            raise RemovalRefused(_("Two persons expunge a document. Somebody else than who asked has to confirm it."))
        if typed.strip() != word_to_type(document_id):
            raise RemovalRefused(_("That is not the number of this document. Nothing was destroyed."))
        row = w.new(
            Expunging,
            request_id=request.request_id,
            document_id=document_id,
            confirmed_by_id=actor.user_id,
            sha256=documents.file_of(document_id).sha256,
            backups=removals.backups(document_id, office_id=w.office.pk),
        )
        found = reach(document_id, office_id=w.office.pk)
        erase(found, document_id=document_id, office_id=w.office.pk)
        w.record("expunge", [row])
        return row


def word_to_type(document_id: int) -> str:
    """Say what the second person has to type: the number of the document, or its place in the register."""
    return documents.header_row(document_id).number or str(document_id)
