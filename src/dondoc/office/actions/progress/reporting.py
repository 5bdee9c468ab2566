"""Agencies report: by themselves, by one press where nothing happened, or on paper that the office enters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dondoc.office.access import Actor, Refused, assigns, require, require_bearer
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.intake import refuse_secret
from dondoc.office.actions.originals import keep_file
from dondoc.office.actions.progress.opening import OFFICERS
from dondoc.office.models import Original, ProgressStep
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import progress
from dondoc.office.queries.progress import StandingReport
from dondoc.rules.text import vi_date


class ReportRefused(Refused):
    """A report cannot be handed in, accepted or given back like this."""


class ChangedMeanwhile(Refused):
    """Somebody else acted on the report first; the message says what became of it."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """What is reported of one duty; `seen` is the number of the last step that the writer saw (None: any)."""

    progress_id: int
    result: str = ""
    share: int | None = None
    difficulties: str = ""
    next_steps: str = ""
    nothing_new: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper on which an agency answered: the scanned file, and the day on which it came."""

    content: bytes
    filename: str
    came_on: date


def submit_progress(reports: Sequence[NewReport], *, on: date, actor: Actor, paper: Paper | None = None) -> int:
    """Hand in reports of one's own agency; an officer hands them in for an agency that answered on `paper`.

    All are taken or none. A report that was not accepted yet can be handed in anew: the later one counts. Gives how
    many were handed in.
    """
    if paper is not None:
        refuse_secret(paper.content, paper.filename)
    with writing(actor) as w:
        ids = [new.progress_id for new in reports]
        found = standing_of(w, ids, on=on)
        if len(found) < len(ids):
            raise ReportRefused(_("A report stands twice in what was sent. Load the page again, then send it."))
        batch: list[tuple[str, list[Recorded]]] = []
        scan = _scan(w, paper, actor=actor, on=on)
        w.reserve(ProgressStep, len(reports))
        for new in reports:
            standing = found[new.progress_id]
            require_bearer(actor, standing.bearer_id)
            _check_report(new, standing)
            _check_step(standing, paper, seen=new.seen)
            row = _submitted(w, new, standing, on=paper.came_on if paper else on, original=scan[0])
            batch.append(("enter_progress" if paper else "submit_progress", [*(scan[1] if not batch else []), row]))
        w.record_many(batch)
        return len(batch)


def _submitted(
    w: Writing, new: NewReport, standing: StandingReport, *, on: date, original: Original | None
) -> ProgressStep:
    return w.new(
        ProgressStep,
        progress_id=new.progress_id,
        number=standing.number + 1,
        kind="submitted",
        on=on,
        nothing_new=new.nothing_new,
        result=new.result.strip(),
        share=new.share,
        difficulties=new.difficulties.strip(),
        next_steps=new.next_steps.strip(),
        on_behalf=original is not None,
        original=original,
    )


def _scan(w: Writing, paper: Paper | None, *, actor: Actor, on: date) -> tuple[Original | None, list[Original]]:
    """Give the scan of a paper, and the row to be written where the same file is not here yet."""
    if paper is None:
        if assigns(actor):
            raise ReportRefused(
                _("An office reports for an agency only from its paper. Attach the scan, and say when the paper came.")
            )
        return None, []
    require(actor, *OFFICERS)
    if not paper.content:
        raise ReportRefused(_("The scan is empty. Choose the file of the paper on which the agency answered."))
    if paper.came_on > on:
        raise ReportRefused(_("The paper cannot have come on a day that has not come yet. Look at the day again."))
    return keep_file(w, paper.content, paper.filename)


def _check_report(new: NewReport, standing: StandingReport) -> None:
    said = any(text.strip() for text in (new.result, new.difficulties, new.next_steps)) or new.share is not None
    if new.nothing_new and said:
        raise ReportRefused(
            _("“%(title)s”: either nothing happened, or there is something to report. Take one of the two away.")
            % {"title": standing.title}
        )
    if not new.nothing_new and not new.result.strip():
        raise ReportRefused(
            _("“%(title)s”: write what was done, or say that nothing happened in the period.")
            % {"title": standing.title}
        )
    if new.share is not None and not 0 <= new.share <= 100:
        raise ReportRefused(
            _("“%(title)s”: the share done lies between 0 and 100 percent.") % {"title": standing.title}
        )


def _check_step(standing: StandingReport, paper: Paper | None, *, seen: int | None) -> None:
    check_seen(standing, seen)
    if standing.state == "accepted":
        raise ReportRefused(
            _("The report on “%(title)s” was accepted. Ask the office to give it back before it is changed.")
            % {"title": standing.title}
        )
    if paper is not None and standing.step_on is not None and paper.came_on < standing.step_on:
        raise ReportRefused(
            _("Something was recorded of “%(title)s” on %(day)s: the paper counts from that day on or later.")
            % {"title": standing.title, "day": vi_date(standing.step_on)}
        )


def check_seen(standing: StandingReport, seen: int | None) -> None:
    """Refuse where something was recorded of a report since the writer saw it."""
    if seen is not None and seen != standing.number:
        raise ChangedMeanwhile(
            _("Meanwhile something was recorded of “%(title)s”. What you typed is kept: look again, then send it.")
            % {"title": standing.title}
        )


def nothing_new(period_id: int, *, expected: int, on: date, actor: Actor, besides: Collection[int] = ()) -> int:
    """Say for all of the own agency's reports that were not begun that nothing happened in the period.

    `expected` is how many the person was asked about, those `besides` among them, which are left out: they are being
    written. Refused where the number is another one meanwhile.
    """
    with writing(actor) as w:
        period = progress.of_office(period_id, office_id=w.office.pk)
        if assigns(actor):
            raise ReportRefused(
                _("Only the agency itself says that nothing happened. From its paper, attach the scan.")
            )
        found = progress.standing_reports(
            office_id=w.office.pk,
            as_of=on,
            period=period.pk,
            agencies=actor.viewer.agency_ids,
            states=("not_begun",),
        )
        check_number(len(found), expected)
        rows = [row for row in found if row.id not in set(besides)]
        w.reserve(ProgressStep, len(rows))
        made = [_submitted(w, NewReport(row.id, nothing_new=True), row, on=on, original=None) for row in rows]
        w.record_many([("submit_progress", [row]) for row in made])
        return len(rows)


def check_number(found: int, expected: int) -> None:
    """Refuse where a deed on many would meet another number than the person was asked about."""
    if found != expected:
        raise ChangedMeanwhile(
            ngettext(
                "Meanwhile it is %(n)d report, no longer %(expected)d. Look at the list again, then decide.",
                "Meanwhile there are %(n)d reports, no longer %(expected)d. Look at the list again, then decide.",
                found,
            )
            % {"n": found, "expected": expected}
        )


def standing_of(w: Writing, ids: Collection[int], *, on: date) -> dict[int, StandingReport]:
    """Give reports of this office as they stand under the lock. Raises NoSuchReport where one is not there."""
    found = {row.id: row for row in progress.standing_reports(office_id=w.office.pk, as_of=on, ids=ids)}
    if not ids or set(ids) - found.keys():
        raise progress.NoSuchReport(_("There is no such report on this day, or it is another agency's."))
    return found
