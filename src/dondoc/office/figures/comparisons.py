"""The figure of one line between two counts: how many tasks count elsewhere for one reason, and which they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dondoc.office.access import Refused, Viewer
from dondoc.office.figures.arguments import Argument
from dondoc.office.figures.registry import Counted, Figure, Request, register
from dondoc.office.queries import comparisons
from dondoc.office.queries.comparisons import BridgeLine, Compared, Comparison, Moment, Moved
from dondoc.rules.text import vi_date

SCOPES = ("programme", "resolution", "agency")
KEY = "comparisons.line"
What = tuple[Compared, Moment]
CAUSES = {
    "recorded_later": gettext_noop("because recorded later"),
    "moved": gettext_noop("by work that moved"),
    "began": gettext_noop("by new work"),
    "split": gettext_noop("by splitting"),
    "merged": gettext_noop("by merging"),
    "left": gettext_noop("by work that was taken off"),
    "handed_over": gettext_noop("by handing over"),
    "redefined": gettext_noop("because the definition changed"),
}
Found = Mapping[What, Comparison | None]


def _asked(given: Mapping[str, str]) -> What:
    known = given.get("since_known")
    first = Moment(date.fromisoformat(given["since"]), datetime.fromisoformat(known) if known else None)
    return Compared(**{name: given[name] for name in SCOPES if given.get(name)}), first


def source(
    *, viewer: Viewer, as_of: date, known_at: datetime | None, only: Sequence[Mapping[str, str]] | None = None
) -> Found:
    """Compare what is asked for with the first days that are asked for; without a wish nothing."""
    found: dict[What, Comparison | None] = {}
    for given in only or ():
        what, first = _asked(given)
        if (what, first) not in found:
            try:
                found[what, first] = comparisons.compare(what, first, Moment(as_of, known_at), viewer=viewer)
            except Refused:
                found[what, first] = None
    return found


def line_request(line: BridgeLine, what: Compared, first: Moment) -> Request:
    """Say by which figure a line opens: its scope, its first day, its reason and from where to where it leads."""
    asked = {
        "programme": what.programme,
        "resolution": what.resolution,
        "agency": what.agency,
        "since": first.as_of.isoformat(),
        "since_known": first.known_at.isoformat() if first.known_at else None,
        "cause": line.cause,
        "before": line.from_group,
        "after": line.to_group,
    }
    return KEY, {name: value for name, value in asked.items() if value}


def _line(found: Found, given: Mapping[str, str]) -> tuple[Comparison | None, BridgeLine | None]:
    comparison = found.get(_asked(given))
    wanted = (given["cause"], given.get("before", ""), given.get("after", ""))
    lines = comparison.lines if comparison is not None else ()
    return comparison, next((one for one in lines if (one.cause, one.from_group, one.to_group) == wanted), None)


def _count(found: Found, *, as_of: date, **given: str) -> Counted:
    comparison, line = _line(found, given)
    if comparison is None:
        return Counted(None, _("not recorded"), _("One of the two days does not know what is compared."))
    n = len(line.tasks) if line else 0
    sentence = ngettext(
        "From %(first)s to %(second)s, %(n)d counts elsewhere: %(way)s, %(why)s.",
        "From %(first)s to %(second)s, %(n)d count elsewhere: %(way)s, %(why)s.",
        n,
    )
    nowhere = _("not there")
    way = f"“{line.from_label or nowhere}” → “{line.to_label or nowhere}”" if line else nowhere
    words = {"first": vi_date(comparison.first.as_of), "second": vi_date(as_of), "n": n, "way": way}
    words["why"] = _(CAUSES[given["cause"]])
    return Counted(n, way, sentence % words, comparison.second_definition or None)


def _rows(*, viewer: Viewer, as_of: date, known_at: datetime | None, **given: str) -> list[Moved]:
    found = source(viewer=viewer, as_of=as_of, known_at=known_at, only=[given])
    _comparison, line = _line(found, given)
    return list(line.tasks) if line else []


def _every(_found: Any) -> list[Mapping[str, str]]:
    """None: a line lies between two days, and only who asks knows the first."""
    return []


register(
    Figure(
        key=KEY,
        says=gettext_noop(
            "Between two days, and what was known at two instants, the tasks of a list, a resolution or the whole "
            "office, or the duties of an agency, that count elsewhere for one and the same reason."
        ),
        takes=(*SCOPES, "since", "since_known", "cause", "before", "after"),
        needs=("since", "cause"),
        among={"cause": CAUSES},
        types={
            "since": Argument("day", gettext_noop("the first of two days")),
            "since_known": Argument("instant", gettext_noop("as known on the first of two days")),
            "cause": Argument("choice", gettext_noop("the reason")),
            "before": Argument("text", gettext_noop("counted before as")),
            "after": Argument("text", gettext_noop("counted after as")),
        },
        source=source,
        count=_count,
        rows=_rows,
        every=_every,
        narrows=True,
    )
)
