"""Claims: held against one of our own figures by a named person, and settled where they differ."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dondoc.office import figures
from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Claim, ClaimBinding, ClaimSettlement, SettlementKind
from dondoc.office.queries import claims, programmes

# Which of the two documents is right can be asked of two claims only; the register takes part only where there is one.
KINDS_OF_ONE = (
    SettlementKind.CLAIM_RIGHT,
    SettlementKind.REGISTER_RIGHT,
    SettlementKind.BOTH_RIGHT,
    SettlementKind.OPEN,
)
KINDS_OF_TWO = (
    SettlementKind.CLAIM_RIGHT,
    SettlementKind.OTHER_RIGHT,
    SettlementKind.BOTH_RIGHT,
    SettlementKind.OPEN,
)


class ClaimRefused(Refused):
    """A claim cannot be held against this."""


def bind_claim(claim_id: int, *, figure: str, arguments: Mapping[str, str], actor: Actor) -> ClaimBinding:
    """Hold a figure that a document states against one of our own, from the document's own day on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        claim = Claim.objects.select_related("document").filter(pk=claim_id, document__office_id=w.office.pk).first()
        if claim is None:
            raise ClaimRefused(_("There is no such figure in the documents of this office."))
        _check(figure, arguments, office_id=w.office.pk)
        _same_kind(claim, figure)
        former = claims.binding(claim.pk)
        binding = w.new(
            ClaimBinding,
            claim=claim,
            figure=figure,
            arguments=dict(arguments),
            effective_on=claims.day_of(claim),
            replaces=former,
        )
        w.record("bind_claim", [binding])
        return binding


def _check(key: str, arguments: Mapping[str, str], *, office_id: int) -> None:
    """Make sure that the number exists and is worked out with these arguments: what is recorded stays for ever."""
    if key not in figures.FIGURES or key.startswith("claims."):
        raise ClaimRefused(_("The register has no such number. Choose one from the list."))
    figures.check(key, arguments)
    programme = arguments.get("programme")
    if programme is not None and not programmes.has(programme, arguments.get("group"), office_id=office_id):
        raise ClaimRefused(_("This office has no such list, or the list no such group. Choose one from the list."))


def _same_kind(claim: Claim, key: str) -> None:
    """Refuse to hold a percentage against a count, or a count against a percentage: they can never agree."""
    of_claim, of_figure = claim.unit == "%", figures.figure(key).unit == "%"
    if of_claim and not of_figure:
        raise ClaimRefused(_("The document states a percentage and this figure is a count. Choose the share instead."))
    if of_figure and not of_claim:
        raise ClaimRefused(_("The document states a count and this figure is a percentage. Choose the count instead."))


def settle_claim(claim_id: int, other_id: int | None, *, kind: str, reason: str, actor: Actor) -> ClaimSettlement:
    """Say how a claim that differs from our figure, or from another document's, was settled; or open it again.

    It is settled about the values as they were: a page that shows it says when the register's number changed since.
    """
    require(actor, "administrator", "officer")
    if kind not in (KINDS_OF_TWO if other_id is not None else KINDS_OF_ONE):
        raise ClaimRefused(_("This is no way to settle it. Choose one from the list."))
    if not reason.strip():
        raise ClaimRefused(_("There is no reason. Write why, for those who read it later."))
    with writing(actor) as w:
        wanted = [pk for pk in (claim_id, other_id) if pk is not None]
        found = claims.roots(wanted, office_id=w.office.pk)
        if len(found) != len(wanted):
            raise ClaimRefused(_("There is no such figure in the documents of this office."))
        if other_id is not None and found[claim_id].document_id == found[other_id].document_id:
            raise ClaimRefused(_("Both figures stand in one document. Choose figures of two documents."))
        row = w.new(
            ClaimSettlement,
            claim=found[claim_id],
            other=None if other_id is None else found[other_id],
            kind=kind,
            reason=reason.strip(),
        )
        w.record("settle_claim", [row])
        return row
