"""Agencies by the names that a document or an officer gives them, for the tasks of one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.actions.agencies import LONGEST, NewAgency, enter_agency
from dondoc.office.actions.history import Writing
from dondoc.office.actions.readings.refusals import ReadingRefused
from dondoc.office.models import Agency
from dondoc.office.queries import agencies
from dondoc.rules.text import folded


class Bearers:
    """Finds each name once; a name that the register does not know becomes an agency of it."""

    def __init__(self, w: Writing) -> None:
        self._w = w
        self._found: dict[tuple[str, date], Agency | None] = {}

    def check(self, leads: Sequence[str], coordinators: Sequence[str], *, on: date) -> None:
        """Refuse names of which no duties can be made, before anything is written."""
        if not leads:
            raise ReadingRefused(_("The task has no lead. Name the agency that answers for it."))
        borne = []
        for name in (*dict.fromkeys(leads), *dict.fromkeys(coordinators)):
            if not name.strip():
                raise ReadingRefused(_("An agency has no name. Name it, or take it off the list."))
            if len(" ".join(name.split())) > LONGEST:
                raise ReadingRefused(
                    _("This is too long for the name of an agency: “%(name)s…”.") % {"name": name[:60]}
                )
            agency = self._known(name, on=on)
            borne.append(folded(name) if agency is None else str(agency.pk))
        if len(borne) != len(set(borne)):
            raise ReadingRefused(_("An agency stands twice on the task. Leave it in one role."))

    def agency(self, name: str, *, on: date) -> Agency:
        """Give the agency that bears a name on a day; enter it where there is none."""
        found = self._known(name, on=on)
        if found is None:
            plural = name.casefold().startswith("các ")
            new = NewAgency(name=name, kind="unknown", level="province", is_class=plural)
            # The document shows that the agency was there on its day, not that it began then.
            found = enter_agency(self._w, new, on=on, backfilled=True)
            self._found[folded(name), on] = found
        return found

    def _known(self, name: str, *, on: date) -> Agency | None:
        key = (folded(name), on)
        if key not in self._found:
            pk = agencies.named(name, office_id=self._w.office.pk, as_of=on)
            self._found[key] = None if pk is None else Agency.objects.get(pk=pk)
        return self._found[key]
