"""The office judges what agencies reported: accepted, one by one or all at once, or given back with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.actions.progress.opening import OFFICERS
from dondoc.office.actions.progress.reporting import (
    ChangedMeanwhile,
    ReportRefused,
    check_number,
    check_seen,
    standing_of,
)
from dondoc.office.models import ProgressStep
from dondoc.office.queries import progress
from dondoc.office.queries.progress import StandingReport


def return_progress(progress_id: int, *, reason: str, on: date, actor: Actor, seen: int | None = None) -> ProgressStep:
    """Give a report back to its agency with a reason, also one that was accepted by mistake."""
    require(actor, *OFFICERS)
    if not reason.strip():
        raise ReportRefused(_("Say why the report is given back: the agency has nothing else to go by."))
    with writing(actor) as w:
        standing = standing_of(w, [progress_id], on=on)[progress_id]
        check_seen(standing, seen)
        if standing.state not in {"submitted", "accepted"}:
            raise ReportRefused(_("There is no report here to give back: the agency has not handed one in."))
        row = _judged(w, standing, "returned", on=on, reason=reason.strip())
        w.record("return_progress", [row])
        notify(w, [News("progress_returned", standing.duty_id)])
        return row


def accept_progress(ids: Collection[int], *, on: date, actor: Actor) -> int:
    """Accept reports that were handed in; gives how many. One that was given back or accepted meanwhile stops all."""
    require(actor, *OFFICERS)
    with writing(actor) as w:
        found = standing_of(w, ids, on=on)
        for standing in found.values():
            if standing.state != "submitted":
                raise ChangedMeanwhile(
                    _("“%(title)s” does not wait to be accepted any more. Look at the list again, then decide.")
                    % {"title": standing.title}
                )
        return _accept(w, list(found.values()), on=on)


def accept_all(period_id: int, *, expected: int, on: date, actor: Actor, agency: int | None = None) -> int:
    """Accept all reports of a period, or of one agency in it, that wait; `expected` is how many the person saw."""
    require(actor, *OFFICERS)
    with writing(actor) as w:
        period = progress.of_office(period_id, office_id=w.office.pk)
        found = progress.standing_reports(
            office_id=w.office.pk,
            as_of=on,
            period=period.pk,
            agencies=None if agency is None else [agency],
            states=("submitted",),
        )
        check_number(len(found), expected)
        return _accept(w, found, on=on)


def _accept(w: Writing, found: Sequence[StandingReport], *, on: date) -> int:
    w.reserve(ProgressStep, len(found))
    w.record_many([("accept_progress", [_judged(w, row, "accepted", on=on)]) for row in found])
    return len(found)


def _judged(w: Writing, standing: StandingReport, kind: str, *, on: date, reason: str = "") -> ProgressStep:
    return w.new(ProgressStep, progress_id=standing.id, number=standing.number + 1, kind=kind, on=on, reason=reason)
