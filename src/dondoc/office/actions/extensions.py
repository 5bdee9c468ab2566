"""Extensions: an agency asks for a later due day, the office that assigned the work decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, Refused, require, require_bearer
from dondoc.office.actions.dues import due_row
from dondoc.office.actions.history import Writing, writing
from dondoc.office.actions.notices import News, notify
from dondoc.office.models import Extension, ExtensionDecision
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import duties, extensions
from dondoc.office.queries.standing import StandingDuty
from dondoc.rules.deadlines import DueRule
from dondoc.rules.extensions import Hindrance, hindrance
from dondoc.rules.text import vi_date

WORDS = "Gia hạn lần {number}"


class ExtensionRefused(Refused):
    """A later due day cannot be asked for or granted like this."""


class AlreadyDecided(Refused):
    """Somebody else decided on the extension first."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an agency asks for: until which day, and why."""

    duty_id: int
    wanted_on: date
    reason: str


def ask_extension(request: Request, *, on: date, actor: Actor) -> Extension:
    """Ask for a later due day of a duty that is still open; one request at a time."""
    if not request.reason.strip():
        raise ExtensionRefused(_("Say why the work needs longer: whoever decides has nothing else to go by."))
    with writing(actor) as w:
        standing = duties.standing_duty(request.duty_id, office_id=w.office.pk, as_of=on)
        require_bearer(actor, standing.bearer_id)
        if standing.state_class not in duties.OPEN:
            raise ExtensionRefused(_("This work is closed or put off; it has no due day to move."))
        if extensions.waiting(request.duty_id) is not None:
            raise ExtensionRefused(
                _("An extension of this duty waits to be decided. Take that request back before asking again.")
            )
        _check(w, standing, request.wanted_on, on=on)
        assert standing.due_on is not None
        row = w.new(
            Extension,
            duty_id=request.duty_id,
            number=extensions.count(request.duty_id) + 1,
            asked_on=on,
            present_on=standing.due_on,
            wanted_on=request.wanted_on,
            reason=request.reason.strip(),
        )
        w.record("ask_extension", [row])
        notify(w, [News("extension_asked", row.duty_id, vi_date(row.wanted_on))])
        return row


def grant_extension(extension_id: int, *, until: date, note: str, on: date, actor: Actor) -> ExtensionDecision:
    """Grant an extension, until the day asked for or another: the duty has a new due day from today on."""
    require(actor, "administrator", "officer", "leader")
    with writing(actor) as w:
        asked = _waiting(w, extension_id)
        standing = duties.standing_duty(asked.duty_id, office_id=w.office.pk, as_of=on)
        if standing.state_class not in duties.OPEN:
            raise ExtensionRefused(_("Meanwhile this work was closed or put off. Refuse the request instead."))
        _check(w, standing, until, on=on)
        rule = DueRule(kind="day", on=until)
        due = due_row(w, asked.duty_id, rule, words=WORDS.format(number=asked.number), on=on)
        return _decide(w, asked, "granted", on=on, note=note, granted_on=until, more=[due])


def refuse_extension(extension_id: int, *, note: str, on: date, actor: Actor) -> ExtensionDecision:
    """Refuse an extension, with a reason: the due day stays."""
    require(actor, "administrator", "officer", "leader")
    if not note.strip():
        raise ExtensionRefused(_("Say why it is refused: the agency will read it."))
    with writing(actor) as w:
        return _decide(w, _waiting(w, extension_id), "refused", on=on, note=note)


def take_extension_back(extension_id: int, *, on: date, actor: Actor) -> ExtensionDecision:
    """Take a request back that was not decided yet; the agency may ask anew."""
    with writing(actor) as w:
        asked = _waiting(w, extension_id)
        standing = duties.standing_duty(asked.duty_id, office_id=w.office.pk, as_of=on)
        require_bearer(actor, standing.bearer_id)
        return _decide(w, asked, "taken_back", on=on, note="")


def _waiting(w: Writing, extension_id: int) -> Extension:
    """Give a request of this office that nobody has decided, under the lock."""
    found = extensions.extension(extension_id, office_id=w.office.pk)
    decision = extensions.decision_of(found.pk)
    if decision is not None:
        raise AlreadyDecided(
            _("This request was already decided by %(name)s: %(verdict)s. Reload the page to see it.")
            % {"name": decision.entry.actor_name, "verdict": decision.get_verdict_display()}
        )
    return found


def _decide(
    w: Writing,
    asked: Extension,
    verdict: str,
    *,
    on: date,
    note: str,
    granted_on: date | None = None,
    more: list[Recorded] | None = None,
) -> ExtensionDecision:
    row = w.new(
        ExtensionDecision,
        extension=asked,
        verdict=verdict,
        decided_on=on,
        granted_on=granted_on,
        note=note.strip(),
    )
    w.record(f"{verdict}_extension", [row, *(more or [])])
    if verdict != "taken_back":
        notify(w, [News(f"extension_{verdict}", asked.duty_id, vi_date(granted_on) if granted_on else "")])
    return row


def _check(w: Writing, standing: StandingDuty, wanted: date, *, on: date) -> None:
    parent = extensions.parent_due(standing, office_id=w.office.pk, as_of=on)
    found = hindrance(present=standing.due_on, wanted=wanted, parent=parent)
    if found is not None:
        raise _refusal(found, present=standing.due_on, parent=parent)


def _refusal(found: Hindrance, *, present: date | None, parent: date | None) -> ExtensionRefused:
    if found == "no_due_day":
        return ExtensionRefused(_("This duty has no due day, so there is none to move."))
    if found == "not_later":
        assert present is not None
        return ExtensionRefused(
            _("The new due day must lie behind the present one, %(day)s.") % {"day": vi_date(present)}
        )
    assert parent is not None
    return ExtensionRefused(
        _("The work that this is part of is due on %(day)s. Ask for a day up to then, or have that one moved first.")
        % {"day": vi_date(parent)}
    )
