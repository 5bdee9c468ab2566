"""Who may see and do what.

A `Viewer` reads and an `Actor` writes; both are made at the edge (page, command, job) from a user's present rights
and handed down. A read without a viewer and a write without an actor do not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dondoc.office.models import Office
from dondoc.rules.lateness import OwnDays

Clock = Callable[[], datetime]

SEES_ALL = frozenset({"administrator", "officer", "leader", "inspection"})
ASSIGNERS = frozenset({"administrator", "officer"})


class Refused(Exception):
    """The person has no right to do this; the message says why and whom to ask."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who looks at one office's records: the office, the role, and the agencies the person speaks for.

    `stands_for_id` is the account for which the person acts just now: role and agencies are that account's. What the
    office laid down of late entries (`late_days`) is read with the rights where a page is asked for, since many rows
    of many pages are judged by it; None where it was not read.
    """

    user_id: int | None
    office_id: int
    role: str
    agency_ids: frozenset[int] = frozenset()
    stands_for_id: int | None = None
    late_days: tuple[OwnDays, ...] | None = field(default=None, compare=False, repr=False)

    @property
    def sees_all(self) -> bool:
        """Whether every record of the office is in sight, or only those of the viewer's own agencies."""
        return self.role in SEES_ALL


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system, by name) who changes records: whose name stands in the log.

    `clock` is the edge's clock; None means the database's own. Only the replay of dated sample data gives another. What
    is replayed happened long ago, and nobody is told of it, unless the days of that clock are lived as they come
    (`is_present`: a simulated office).
    """

    viewer: Viewer
    name: str
    clock: Clock | None = None
    is_present: bool = False

    @property
    def tells(self) -> bool:
        """Whether people are told of what is done: it happens now, by whatever clock."""
        return self.clock is None or self.is_present

    @property
    def office_id(self) -> int:
        return self.viewer.office_id

    @property
    def user_id(self) -> int | None:
        return self.viewer.user_id


def operator_of(office: Office) -> Viewer:
    """Give the sight of whoever runs the program on the machine itself: everything in the office, nothing to sign."""
    return office_wide(office.pk)


def office_wide(office_id: int) -> Viewer:
    """Give the sight of the office itself, for an action that has already checked who acts."""
    return Viewer(user_id=None, office_id=office_id, role="inspection")


def require(actor: Actor, *roles: str) -> None:
    """Refuse unless the person has one of these roles in the office."""
    if actor.viewer.role not in roles:
        raise Refused(_("Your role does not allow this. Ask the compiling officer of the office to do it."))


def assigns(actor: Actor) -> bool:
    """Say whether somebody gives work for the whole office; whoever does not acts for its own agencies at most."""
    return actor.viewer.role in ASSIGNERS


def acts_for(viewer: Viewer, agency_id: int) -> bool:
    """Say whether somebody may act on what an agency owes: its own people, and whoever compiles for the office."""
    return viewer.role in ASSIGNERS or agency_id in viewer.agency_ids


def by_itself(office_id: int, *, name: str = "Đôn Đốc", clock: Clock | None = None) -> Actor:
    """Give the program itself as the one who writes, for what happens without anybody pressing a button."""
    return Actor(Viewer(None, office_id, "officer"), name, clock)


def require_bearer(actor: Actor, agency_id: int) -> None:
    """Refuse unless the person speaks for this agency, or compiles for the whole office."""
    if not acts_for(actor.viewer, agency_id):
        raise Refused(
            _("This duty belongs to another agency. Only its focal point or a compiling officer may act on it.")
        )
