"""Claims: held against one of our own figures by a named person."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dondoc.office import figures
from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Claim, ClaimBinding
from dondoc.office.queries import claims, programmes


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
