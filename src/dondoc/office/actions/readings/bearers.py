"""Agencies by the names that a document or an officer gives them, for the tasks of one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.actions.agencies import LONGEST, NewAgency, enter_agency
from dondoc.office.actions.history import Writing
from dondoc.office.actions.readings.refusals import ReadingRefused
from dondoc.office.models import Agency
from dondoc.office.queries import agencies
from dondoc.rules.text import folded


def _twice(first: str, second: str) -> ReadingRefused:
    # An old name leads to the agency that followed it: nobody would see it from two names that differ.
    if folded(first) == folded(second):
        return ReadingRefused(_("An agency stands twice on the task. Leave it in one role."))
    return ReadingRefused(
        _("“%(first)s” and “%(second)s” are one agency on the day of the document. Leave one of the two names.")
        % {"first": first, "second": second}
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Whose paper speaks, and the names that stand in it; other names are the officer's own."""

    issuer: str
    names: frozenset[str]

    def issuer_of(self, name: str) -> str:
        """Give whose paper completes a name; nothing for a name that the officer wrote."""
        return self.issuer if name in self.names else ""


class Bearers:
    """Finds each name once; a name that the register does not know becomes an agency of it."""

    def __init__(self, w: Writing) -> None:
        self._w = w
        self._found: dict[tuple[str, date, str], Agency | None] = {}

    def check(self, leads: Sequence[str], coordinators: Sequence[str], *, on: date, said: Said) -> None:
        """Refuse names of which no duties can be made, before anything is written."""
        if not leads:
            raise ReadingRefused(_("The task has no lead. Name the agency that answers for it."))
        borne: dict[str, str] = {}
        for name in (*dict.fromkeys(leads), *dict.fromkeys(coordinators)):
            if not name.strip():
                raise ReadingRefused(_("An agency has no name. Name it, or take it off the list."))
            if len(" ".join(name.split())) > LONGEST:
                raise ReadingRefused(
                    _("This is too long for the name of an agency: “%(name)s…”.") % {"name": name[:60]}
                )
            agency = self._known(name, on=on, issuer=said.issuer_of(name))
            bearer = folded(name) if agency is None else str(agency.pk)
            if bearer in borne:
                raise _twice(borne[bearer], name)
            borne[bearer] = name

    def agency(self, name: str, *, on: date, said: Said) -> Agency:
        """Give the agency that bears a name on a day; enter it where there is none."""
        issuer = said.issuer_of(name)
        found = self._known(name, on=on, issuer=issuer)
        if found is None:
            plural = name.casefold().startswith("các ")
            full = agencies.name_to_enter(name, office_id=self._w.office.pk, as_of=on, issuer=issuer)
            new = NewAgency(name=full, kind="unknown", level="province", is_class=plural)
            # The document shows that the agency was there on its day, not that it began then.
            found = enter_agency(self._w, new, on=on, backfilled=True)
            self._found[folded(name), on, issuer] = found
        return found

    def _known(self, name: str, *, on: date, issuer: str) -> Agency | None:
        key = (folded(name), on, issuer)
        if key not in self._found:
            pk = agencies.named(name, office_id=self._w.office.pk, as_of=on, issuer=issuer or None)
            self._found[key] = None if pk is None else Agency.objects.get(pk=pk)
        return self._found[key]
