"""Who stands at the door: the person, the office, the day that is looked at, and what was known when.

Pages and the machine-readable door both begin with this; below it nobody knows of requests or of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from dondoc.office.access import Actor, Refused, Viewer
from dondoc.office.models import Office, User
from dondoc.office.queries import history, people
from dondoc.rules.text import NotADate, parse_typed_date, vi_date

FIRST_YEAR, LAST_YEAR = 1900, 2200  # of the days that can be asked for
LARGEST_KEY = 2**63 - 1  # of a record, in the database
ACTING = "acting"  # in the session: by which record somebody acts for another


class DayRefused(Refused):
    """A day or an instant was written in a way that cannot be read."""


class AddressRefused(Refused):
    """An address or a form holds something that no page can have put there."""


class ActingEnded(Refused):
    """The days on which one acts for somebody are over; nothing was done in that person's place."""


@dataclass(frozen=True, slots=True)
class Here:
    """A request as pages understand it: the person, the office, the day that is looked at, and what was known when."""

    user: User
    office: Office
    viewer: Viewer
    today: date
    as_of: date
    known_at: datetime | None
    others: tuple[Office, ...] = ()
    stands_for: User | None = None

    @property
    def offices(self) -> list[dict[str, object]]:
        """The offices to choose from, for somebody who has a role in more than one."""
        found = [{"key": o.key, "name": o.name, "current": o.pk == self.office.pk} for o in self.others]
        return found if len(found) > 1 else []

    @property
    def moment(self) -> dict[str, Any]:
        """Whose sight, which day, what was known: the three arguments of every read."""
        return {"viewer": self.viewer, "as_of": self.as_of, "known_at": self.known_at}

    @property
    def actor(self) -> Actor:
        """The person as the one who writes; the log names both when somebody acts for another."""
        name = f"{self.user} (thay {self.stands_for})" if self.stands_for else str(self.user)
        return Actor(self.viewer, name[:300])

    @property
    def is_past(self) -> bool:
        """Whether another day than today, or an earlier knowledge, is looked at."""
        return self.as_of != self.today or self.known_at is not None

    @property
    def query(self) -> str:
        """The day as the end of an address, or nothing for today."""
        return f"?{urlencode(self.keep)}" if self.is_past else ""

    @property
    def keep(self) -> dict[str, str]:
        """The day as parameters of an address."""
        found = {"as_of": self.as_of.isoformat()} if self.is_past else {}
        return found | ({"known_at": self.known_at.isoformat()} if self.known_at else {})

    def may(self, *roles: str) -> bool:
        """Whether the person has one of these roles here."""
        return self.viewer.role in roles


def here_of(request: HttpRequest) -> Here:
    """Say who asks, for which office and which day; the person has signed in."""
    today = timezone.localdate()
    user = request.user
    assert isinstance(user, User)  # nobody else is let through
    if any(
        "\0" in text for sent in (request.GET, request.POST) for name in sent for text in (name, *sent.getlist(name))
    ):
        raise AddressRefused(
            _("There is a character in it that cannot be written down. Take it out and send it again.")
        )
    rights = people.rights(user, on=today)
    if not rights:
        raise people.NoRole(_("You have no role in any office. Ask an administrator to give you one."))
    wanted = request.session.get("office")
    office, viewer = next((one for one in rights if one[0].key == wanted), rights[0])
    stands_for, viewer = _stood_for(request, user, office, viewer, today=today)
    as_of = day_asked(request.GET.get("as_of", ""), today)
    known_at = instant_asked(request.GET.get("known_at", ""))
    if known_at is not None:
        history.settle(office.pk, known_at)
    return Here(user, office, viewer, today, as_of, known_at, tuple(office for office, _viewer in rights), stands_for)


def _stood_for(
    request: HttpRequest, user: User, office: Office, own: Viewer, *, today: date
) -> tuple[User | None, Viewer]:
    """Say for whom a person acts in this session, and with which rights; refused once when that has ended.

    It is refused rather than passed over: what was about to be written in another's place must not be written with
    one's own rights unawares.
    """
    chosen = request.session.get(ACTING)
    if chosen is None:
        return None, own
    found = people.acting(chosen, user, office, on=today)
    if found is None:
        del request.session[ACTING]
        raise ActingEnded(
            _("You do not act for somebody else any more: the days are over, or it was ended. Load the page again.")
        )
    return found


def number_asked(text: str) -> int | None:
    """Read the key of a record, or how many to skip, from an address; None where there is no such number."""
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else None
    return found if found is not None and found <= LARGEST_KEY else None


def day_asked(text: str, today: date) -> date:
    """Read the day of an address or a form: as browsers write it, or as people type it (5/6, 05/06/2024, 5-6-24)."""
    if not text:
        return today
    try:
        found = parse_typed_date(text, on=today, ahead=False)
    except NotADate:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise DayRefused(_("“%(text)s” is no day. Write it like %(day)s.") % {"text": text, "day": vi_date(today)})
    return found


def instant_asked(text: str) -> datetime | None:
    """Read the instant up to which knowledge counts; a day alone means its end."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if day is not None:
        found = datetime(day.year, day.month, day.day, 23, 59, 59, 999999)  # noqa: DTZ001
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise DayRefused(_("“%(text)s” is no instant. Write a day and an hour.") % {"text": text})
    found = found if timezone.is_aware(found) else timezone.make_aware(found)
    return None if found >= timezone.now() else found
