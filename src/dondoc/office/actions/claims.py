"""Claims: held against one of our own figures by a named person."""

from __future__ import annotations

from collections.abc import Mapping

from dondoc.office.access import Actor, require
from dondoc.office.actions.history import writing
from dondoc.office.models import Claim, ClaimBinding
from dondoc.office.queries import claims


def bind_claim(claim_id: int, *, figure: str, arguments: Mapping[str, str], actor: Actor) -> ClaimBinding:
    """Hold a figure that a document states against one of our own, from the document's own day on."""
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        claim = Claim.objects.select_related("document").get(pk=claim_id, document__office_id=w.office.pk)
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
