"""Deliveries: many files are put in together, and what becomes of each is written down as it happens."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require
from dondoc.office.actions.history import writing
from dondoc.office.actions.intake import Incoming, IntakeRefused, Place, SecretRefused, placed, take_in
from dondoc.office.actions.intake.columns import fit
from dondoc.office.models import DeliveredFile, Delivery
from dondoc.office.queries import deliveries

MOST_FILES = 5000


class DeliveryRefused(Refused):
    """The delivery cannot be begun or added to; the message says why."""


def open_delivery(key: UUID, *, source: str, name: str = "", expected: int | None, actor: Actor) -> int:
    """Begin to put files in together: `source` is page, folder or watched, `expected` how many are announced.

    The same key twice is one delivery, so that a request whose answer was lost can be sent once more.
    """
    require(actor, "administrator", "officer")
    if expected is not None and not 0 < expected <= MOST_FILES:
        raise DeliveryRefused(
            _("Put in between 1 and %(most)d files at a time, and the others after them.") % {"most": MOST_FILES}
        )
    with writing(actor) as w:
        former = deliveries.of_key(key, office_id=w.office.pk)
        if former is not None:
            return former
        delivery = w.new(
            Delivery,
            office=w.office,
            key=key,
            source=source,
            name=fit(Delivery, "name", name),
            expected=expected,
        )
        w.record("open_delivery", [delivery])
        return delivery.pk


def deliver(
    place: Place, incoming: Incoming, *, actor: Actor, read_now: bool = False, notes_secret: bool = True
) -> int:
    """Put one file of a delivery in and write down what became of it; gives the place where that stands.

    A file that is refused is written down with its name and the reason; of a secret one only the place is, and not
    even that without `notes_secret`: SecretRefused is passed on then.
    """
    require(actor, "administrator", "officer")
    deliveries.check_of_office(place.delivery_id, office_id=actor.office_id)
    done = deliveries.at_place(place.delivery_id, place.order)
    if done is not None and not place.again:
        return place.order
    try:
        taken = take_in(incoming, actor=actor, place=place, read_now=read_now)
    except SecretRefused as refusal:
        if not notes_secret:
            raise
        return _refuse(place, "secret", "", str(refusal), actor=actor)
    except IntakeRefused as refusal:
        return _refuse(place, "refused", incoming.filename, str(refusal), actor=actor)
    filename = fit(DeliveredFile, "filename", incoming.filename)
    found = deliveries.brought(place.delivery_id, filename, document_id=taken.document_id)
    return place.order if found is None else found


def refuse_file(place: Place, filename: str, *, reason: str, actor: Actor) -> int:
    """Write down that a file was refused before it could be looked at, and why; gives its place."""
    require(actor, "administrator", "officer")
    deliveries.check_of_office(place.delivery_id, office_id=actor.office_id)
    return _refuse(place, "refused", filename, reason, actor=actor)


def _refuse(place: Place, outcome: str, filename: str, reason: str, *, actor: Actor) -> int:
    name = fit(DeliveredFile, "filename", filename)
    with writing(actor) as w:
        done = deliveries.refused_at(place.delivery_id, filename=name, reason=reason) if place.again else None
        if done is not None and outcome != "secret":
            return done
        row = placed(w, place, outcome, filename=name, reason=reason)
        w.record("refuse_file", [row])
        return row.order
