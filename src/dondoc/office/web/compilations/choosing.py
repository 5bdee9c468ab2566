"""Which report is looked at: of which kind, about what, or which one in the making; and what else can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from dondoc.office.access import Refused
from dondoc.office.here import Here, number_asked
from dondoc.office.queries import compilations
from dondoc.office.queries.compilations import CompilationRow, NoSuchCompilation
from dondoc.office.reports.board import Choice, Scope
from dondoc.office.reports.scopes import choices
from dondoc.office.reports.templates import TemplateRow, templates
from dondoc.office.web.frame import with_query

KINDS = ("resolution", "programme", "agency")
FIRST = "progress"


class ReportNotNamed(Refused):
    """An address does not say which report is to be issued."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The report that an address asks for; `compilation` where it is one in the making."""

    template: TemplateRow
    scope: Scope
    compilation: CompilationRow | None = None

    @property
    def arguments(self) -> dict[str, str]:
        """What asks for the same report again, without the day."""
        if self.compilation is not None:
            return {"compilation": str(self.compilation.id)}
        kind = {} if self.template.key == FIRST else {"report": self.template.key}
        return {**kind, **self.scope.arguments}


def wanted(asked: QueryDict, here: Here) -> Wanted:
    """Read which report an address asks for; without a wish the first kind, about the first that it can be about."""
    offered = {row.key: row for row in templates(on=here.today)}
    if named := asked.get("compilation", ""):
        row = compilations.compilation(number_asked(named) or 0, **here.moment)
        if row.report not in offered:
            raise NoSuchCompilation(_("This report was begun by a template that there is no more."))
        return Wanted(offered[row.report], scope_of(row), row)
    template = offered.get(asked.get("report", FIRST), offered[FIRST])
    for kind in KINDS:
        if kind in template.scopes and (key := asked.get(kind, "")):
            return Wanted(template, Scope(kind, key))
    if "office" in template.scopes:
        return Wanted(template, Scope())
    found = choices(template.scopes, **here.moment)
    return Wanted(template, found[0].scope if found else Scope(template.scopes[0], "0"))


def check_named(asked: QueryDict, here: Here) -> None:
    """Refuse an address that leaves open which report is meant: what a page shows first is not issued by chance.

    Raises ReportNotNamed: no such kind of report, nothing that it is about, or something that it cannot be about.
    """
    if asked.get("compilation", ""):
        return
    template = next((row for row in templates(on=here.today) if row.key == asked.get("report", FIRST)), None)
    if template is None:
        raise ReportNotNamed(
            _("There is no such kind of report. Choose one on the page of reports, and issue it there.")
        )
    named = [kind for kind in KINDS if asked.get(kind, "")]
    if [kind for kind in named if kind not in template.scopes] or len(named) > 1:
        raise ReportNotNamed(
            _("The report “%(name)s” is not written about this. Choose what it is to be about from its list.")
            % {"name": template.name}
        )
    if not named and "office" not in template.scopes:
        raise ReportNotNamed(
            _(
                "It is not said what the report “%(name)s” is to be about. Choose it on the page of reports, "
                "and issue it there."
            )
            % {"name": template.name}
        )


def scope_of(row: CompilationRow) -> Scope:
    """Give the scope of a report in the making."""
    return next((Scope(kind, key) for kind, key in row.scope.items()), Scope())


def chooser(request: HttpRequest, here: Here, chosen: Wanted) -> dict[str, Any]:
    """Give what the page of reports needs to choose a kind and what the report is about."""
    found = choices(chosen.template.scopes, **here.moment)
    return {
        "templates": [
            {
                "label": row.name,
                "url": with_query(request.path, _kept(row, chosen.scope) | here.keep),
                "current": row.key == chosen.template.key,
            }
            for row in templates(on=here.today)
        ],
        "template": {"label": chosen.template.name},
        "scopes": [
            {
                "label": choice.label,
                "url": with_query(request.path, Wanted(chosen.template, choice.scope).arguments | here.keep),
                "current": choice.scope == chosen.scope,
            }
            for choice in found
        ],
        "scope": {"label": _label(found, chosen.scope)},
        "begin_url": with_query(
            "/report/compilations/new/", Wanted(chosen.template, chosen.scope).arguments | here.keep
        )
        if chosen.compilation is None and may_write(here)
        else "",
        "compilation": chosen.compilation,
    }


def may_write(here: Here) -> bool:
    """Say whether this person writes reports."""
    return here.may("officer", "leader", "administrator") and here.known_at is None


def _kept(row: TemplateRow, scope: Scope) -> dict[str, str]:
    """Keep what the report is about where the other kind can be about it, too."""
    return Wanted(row, scope if scope.kind in row.scopes else Scope()).arguments


def _label(found: list[Choice], scope: Scope) -> str:
    return next((choice.label for choice in found if choice.scope == scope), _("choose"))
