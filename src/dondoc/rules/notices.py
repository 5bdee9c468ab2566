"""Notices: who is told of what happens to a duty, and which of it is pointless once the duty is closed.

The audiences are named by what they are to the duty; who these people are on a day is looked up in
`office.queries.notices`. Nobody is told of what he or she did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BEARER = "bearer"  # the focal points of the agency that bears the duty
NAMED = "named"  # the person whom that agency named for it
LEAD = "lead"  # the focal points of the agency that leads the task, when the duty is a coordinator's
ASSIGNERS = "assigners"  # the compiling officers of the office
DECIDERS = "deciders"  # the compiling officers and the leaders
AGENCY = "agency"  # the focal points of a further agency that the news names
PERSONS = "persons"  # the accounts that the news names


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: who is told, and whether it asks for work and so is pointless once the duty is closed."""

    key: str
    told: tuple[str, ...]
    asks: bool = False


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("duty_assigned", (BEARER, NAMED), asks=True),
        Kind("duty_acknowledged", (ASSIGNERS,)),
        Kind("duty_sent_back", (ASSIGNERS,)),
        Kind("duty_reported", (ASSIGNERS, LEAD)),
        Kind("duty_returned", (BEARER, NAMED), asks=True),
        Kind("duty_accepted", (BEARER, NAMED, LEAD)),
        Kind("duty_changed", (BEARER, NAMED)),
        Kind("duty_handed_over", (BEARER, AGENCY)),
        Kind("due_changed", (BEARER, NAMED), asks=True),
        Kind("person_named", (NAMED,), asks=True),
        Kind("person_sent_back", (BEARER,), asks=True),
        Kind("extension_asked", (DECIDERS,), asks=True),
        Kind("extension_granted", (BEARER, NAMED)),
        Kind("extension_refused", (BEARER, NAMED), asks=True),
        Kind("obstacle_named", (AGENCY, LEAD, ASSIGNERS), asks=True),
        Kind("obstacle_ended", (BEARER, NAMED, ASSIGNERS)),
        Kind("urge_sent", (BEARER, NAMED), asks=True),
        Kind("clause_urged", (AGENCY,)),
        Kind("urge_answered", (ASSIGNERS,)),
        Kind("reminder", (BEARER, NAMED), asks=True),
        Kind("obstacle_reminder", (AGENCY,), asks=True),
        Kind("progress_asked", (AGENCY,), asks=True),
        Kind("progress_returned", (BEARER, NAMED), asks=True),
        Kind("deputy_named", (PERSONS,)),
        Kind("deputy_ended", (PERSONS,)),
    )
}
"""Every kind of notice by its key."""


def kind(key: str) -> Kind:
    """Give a kind of notice by its key; a key that nobody laid down is a mistake of the program."""
    return KINDS[key]
