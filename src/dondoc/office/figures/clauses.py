"""Figures of clauses: how many of a document are to be made concrete, and what was made of how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dondoc.office.access import Viewer
from dondoc.office.figures.registry import Counted, Figure, register
from dondoc.office.queries import clauses
from dondoc.office.queries.clauses import ClauseRow, Coverage
from dondoc.rules.text import vi_date


@dataclass(frozen=True, slots=True)
class Covered:
    """The coverage of the documents that were asked for, and whether the whole office was in sight."""

    by_document: Mapping[str, Coverage]
    in_full: bool


def _source(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] | None = None
) -> Covered:
    """Read what was made of the clauses of the documents asked for, or of all that are followed clause by clause."""
    if only is None:
        wanted = clauses.followed(viewer=viewer, as_of=as_of, known_at=known_at)
    else:
        wanted = sorted({int(arguments["document"]) for arguments in only})
    found = clauses.coverages(wanted, viewer=viewer, as_of=as_of, known_at=known_at)
    return Covered({str(document): coverage for document, coverage in found.items()}, viewer.sees_all)


def _every(found: Covered) -> list[Mapping[str, str]]:
    return [{"document": document} for document in found.by_document]


def _figure(key: str, which: str, *, says: str, label: str, sentence: str) -> Figure:
    def count(found: Covered, *, as_of: date, document: str) -> Counted:
        coverage = found.by_document.get(document)
        if coverage is None:
            return Counted(
                None, _("not recorded"), _("On %(day)s no clause of it was on record.") % {"day": vi_date(as_of)}
            )
        n: int = getattr(coverage, which)
        words = {"day": vi_date(as_of), "title": coverage.title, "total": coverage.total, "n": n}
        said = [_(sentence) % words, _("Counted are the innermost clauses, outside the parts that only narrate.")]
        if not found.in_full:
            said.append(_("Of what was made of them, only what concerns your own agency is counted."))
        return Counted(n, _(label), " ".join(said))

    return Figure(
        key=key,
        says=says,
        takes=("document",),
        needs=("document",),
        source=_source,
        count=count,
        rows=_rows(which),
        every=_every,
        narrows=True,
    )


def _rows(which: str) -> Callable[..., list[ClauseRow]]:
    def rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, document: str) -> list[ClauseRow]:
        return clauses.listed(int(document), which, viewer=viewer, as_of=as_of, known_at=known_at)

    return rows


register(
    _figure(
        "clauses.total",
        "total",
        says=gettext_noop(
            "The clauses of a document that are to be made concrete: the innermost ones, outside the parts that only "
            "narrate."
        ),
        label=gettext_noop("clauses to be made concrete"),
        sentence=gettext_noop("On %(day)s, %(n)d clauses of “%(title)s” were to be made concrete."),
    )
)
register(
    _figure(
        "clauses.with_tasks",
        "with_tasks",
        says=gettext_noop("Of the clauses of a document that are to be made concrete, those from which a task came."),
        label=gettext_noop("clauses with tasks"),
        sentence=gettext_noop("On %(day)s, tasks had come from %(n)d of the %(total)d clauses of “%(title)s”."),
    )
)
register(
    _figure(
        "clauses.made_concrete",
        "made_concrete",
        says=gettext_noop(
            "Of the clauses of a document that are to be made concrete, those that another document makes concrete or "
            "implements, naming the clause."
        ),
        label=gettext_noop("clauses made concrete by documents"),
        sentence=gettext_noop(
            "On %(day)s, documents made %(n)d of the %(total)d clauses of “%(title)s” concrete, each named."
        ),
    )
)
register(
    _figure(
        "clauses.with_indicators",
        "with_indicators",
        says=gettext_noop(
            "Of the clauses of a document that are to be made concrete, those with an indicator that has a target."
        ),
        label=gettext_noop("clauses with indicators"),
        sentence=gettext_noop("On %(day)s, %(n)d of the %(total)d clauses of “%(title)s” had an indicator."),
    )
)
register(
    _figure(
        "clauses.needing_nothing",
        "needing_nothing",
        says=gettext_noop(
            "Of the clauses of a document that are to be made concrete, those that an officer marked, with a reason, "
            "as needing nothing."
        ),
        label=gettext_noop("clauses marked as needing nothing"),
        sentence=gettext_noop(
            "On %(day)s, %(n)d of the %(total)d clauses of “%(title)s” were marked as needing nothing."
        ),
    )
)
register(
    _figure(
        "clauses.with_nothing",
        "with_nothing",
        says=gettext_noop(
            "Of the clauses of a document that are to be made concrete, those of which nothing has been made: no task, "
            "no document, no indicator, and no mark that they need nothing."
        ),
        label=gettext_noop("clauses with nothing yet"),
        sentence=gettext_noop(
            "On %(day)s, %(n)d of the %(total)d clauses of “%(title)s” had neither a task nor a document nor an "
            "indicator."
        ),
    )
)
