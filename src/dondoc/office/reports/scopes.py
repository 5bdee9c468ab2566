"""What a report is about, in words, and which scopes there are to choose from on a day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from dondoc.office.access import Viewer
from dondoc.office.queries import agencies, documents, programmes
from dondoc.office.queries.programmes import ProgrammeRow
from dondoc.office.reports.board import Choice, Scope
from dondoc.office.reports.content import Ask, NothingToReport


def scope_words(ask: Ask) -> str:
    """Call the scope of a report as its title does; refused where nothing of it was on record on the day."""
    kind, key = ask.scope.kind, ask.scope.key
    if kind == "office":
        return ""
    found: str | None = None
    if kind == "agency":
        found = next((row.name for row in agencies.agencies(**ask.moment) if str(row.id) == key), None)
    elif kind == "programme":
        found = next((list_words(row) for row in programmes.programmes(**ask.moment) if row.key == key), None)
    else:
        listed = {str(row.resolution_id): row.resolution_id for row in programmes.programmes(**ask.moment)}
        if key in listed:
            found = documents.full_titles([listed[key]], known_at=ask.known_at)[listed[key]]
    if not found:
        raise NothingToReport(
            _("Nothing was on record for this on this day, so there is nothing to report. Choose a later day.")
        )
    return found


def list_words(row: ProgrammeRow) -> str:
    """Call a list as a sentence does: one that begins with its items' noun is no name there ("nhiệm vụ do …")."""
    title = row.title
    return title[:1].lower() + title[1:] if title.casefold().startswith(row.item_noun.casefold()) else title


def choices(kinds: tuple[str, ...], *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Choice]:
    """List what a report can be about on a day, of the kinds that its template takes."""
    found: list[Choice] = []
    for kind in kinds:
        if kind == "office":
            found.append(Choice(Scope(), _("Whole office"), _("Whole office")))
        elif kind == "resolution":
            rows = documents.resolutions(viewer=viewer, as_of=as_of, known_at=known_at)
            found += [Choice(Scope(kind, str(pk)), title, title) for pk, title in rows]
        elif kind == "programme":
            lists = programmes.programmes(viewer=viewer, as_of=as_of, known_at=known_at)
            found += [Choice(Scope(kind, row.key), row.title, row.title) for row in lists]
        else:
            owing = agencies.agencies(viewer=viewer, as_of=as_of, known_at=known_at)
            found += [Choice(Scope(kind, str(row.id)), row.name, row.name) for row in owing]
    return found
