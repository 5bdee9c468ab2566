"""Two people at one duty: whoever comes second is told what changed meanwhile, and loses nothing that was typed."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dondoc.office.here import Here
from dondoc.office.queries import happenings
from dondoc.office.queries.happenings import Happening

# What changes the ground under a form; an urge or a report of progress does not.
CHANGES = frozenset({"state", "due", "bearer", "named", "answered", "extension_decided"})


def now() -> str:
    """Give the instant up to which somebody who opens a form has seen the duty."""
    return timezone.now().isoformat()


def meanwhile(request: HttpRequest, here: Here, duty_id: int) -> list[Happening]:
    """List what others changed of a duty since the form that is sent was opened, the latest first."""
    seen = _instant(request.POST.get("seen", "")) if request.method == "POST" else None
    if seen is None:
        return []
    found = happenings.history(duty_id, viewer=here.viewer, as_of=here.today, known_at=None)
    return [each for each in happenings.since(found, seen, but_by=here.actor.name) if each.kind in CHANGES]


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def brought_up(sent: QueryDict, **fields: str) -> QueryDict:
    """Keep what was typed, with the instant of now and what else has changed under it."""
    kept = sent.copy()
    for name, value in {"seen": now(), **fields}.items():
        kept[name] = value
    return kept


def say(form: forms.Form, changed: list[Happening], *, files: bool) -> None:
    """Say in a form what others changed meanwhile: what, who, when; and that nothing typed is lost."""
    told = "; ".join(
        _("%(at)s, %(name)s: %(what)s")
        % {"at": happenings.said_at(each.recorded_at), "name": each.actor, "what": each.title}
        for each in changed
    )
    form.full_clean()
    form.add_error(
        None,
        _("Meanwhile this duty was changed. %(told)s. What you typed is still here: look at it and send it again.")
        % {"told": told},
    )
    if files:
        form.add_error(None, _("A file cannot be kept: choose it once more."))
