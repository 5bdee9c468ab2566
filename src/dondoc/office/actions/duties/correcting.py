"""Steps of duties that were entered wrongly: mended, or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from dondoc.office.access import Actor, require
from dondoc.office.actions.duties.refusals import ChangedMeanwhile, DayRefused, DutyRefused
from dondoc.office.actions.duties.results import product_of
from dondoc.office.actions.duties.steps import Evidence, Move, NewProduct
from dondoc.office.actions.history import Writing, writing
from dondoc.office.models import Change, Product
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import definitions, duties
from dondoc.rules.text import vi_date

BARE = {"document_id": None, "original_id": None, "start": None, "end": None}


def correct_change(
    change: Change,
    *,
    to_state: str,
    on: date,
    note: str,
    actor: Actor,
    words: str | None = None,
    product: NewProduct | None = None,
) -> Change:
    """Mend a step that was entered wrongly: the right one takes its place, what proves it stays, `note` says why.

    `words` and `product` are those of the step; without them they stay. The former step is ended by an empty row that
    keeps the reason, and that row is replaced by the right step. The step keeps its place among the others.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        change = _standing_change(w, change)
        _check_why(change, note)
        before = duties.steps(change.duty_id)
        _check_place(change, before, on=on, today=w.today)
        flows = definitions.Flows([change.duty.task.workflow_id])
        flow = flows.on(change.duty.task.workflow_id, on)
        if to_state not in flow.labels:
            raise DutyRefused(_("The workflow has no such state on that day. Choose one from the list."))
        ended = w.instead(change, until_on=change.effective_on, note=note.strip(), **BARE)
        closes = flow.classes[to_state] == "done"
        rows = _restored(w, [one for one in duties.made_void(change) if not closes or one.effective_on <= on])
        said = change.note if words is None else words.strip()
        right = w.instead(
            ended, to_state=to_state, effective_on=on, until_on=change.until_on, note=said, **_proof(change)
        )
        after = [*(one for one in before if one.pk != change.pk), *_steps(rows), right]
        _check_order(before, after, flows, {right.pk: change}, workflow_id=change.duty.task.workflow_id)
        if not said and change.to_state != to_state and _needs_reason(right, after, flow):
            raise DutyRefused(_("This step needs its reason: write it into the note."))
        move = Move(
            change.duty_id,
            to_state,
            on,
            evidence=Evidence(change.document_id),
            product=_product(change) if product is None else product,
        )
        assigned_on = before[0].effective_on
        w.record("correct_change", [ended, *rows, right, *product_of(w, move, right, flow, assigned_on=assigned_on)])
        return right


def withdraw_change(change: Change, *, note: str, actor: Actor) -> Change:
    """Take back a step that never happened, and say why: it is replaced by one with an empty period.

    What the step made void when it was recorded counts again.
    """
    require(actor, "administrator", "officer")
    with writing(actor) as w:
        change = _standing_change(w, change)
        _check_why(change, note)
        before = duties.steps(change.duty_id)
        empty = w.instead(change, until_on=change.effective_on, note=note.strip(), **BARE)
        rows = _restored(w, duties.made_void(change))
        after = [*(one for one in before if one.pk != change.pk), *_steps(rows)]
        workflow_id = change.duty.task.workflow_id
        _check_order(before, after, definitions.Flows([workflow_id]), {}, workflow_id=workflow_id)
        w.record("withdraw_change", [empty, *rows])
        return empty


def _standing_change(w: Writing, change: Change) -> Change:
    """Give a change of this office as it is under the lock; refuse one that was corrected or withdrawn meanwhile."""
    found = duties.change(change.pk, office_id=w.office.pk)
    if found is None or found.until_on == found.effective_on:
        raise ChangedMeanwhile(_("Meanwhile this entry was corrected or withdrawn. Look at its history again."))
    return found


def _check_why(change: Change, note: str) -> None:
    if words := duties.why_it_stays(change):
        raise DutyRefused(words)
    if not note.strip():
        raise DutyRefused(_("Say why the step is mended: whoever reads the history must understand it."))


def _check_place(change: Change, before: Sequence[Change], *, on: date, today: date) -> None:
    """Make sure that a step stays between the one before it and the one behind it, and lies in no future."""
    if on > today:
        raise DayRefused(_("That day has not come yet. A step is recorded when it has been taken."))
    labels = definitions.Labels([change.duty.task.workflow_id], known_at=None)
    place = next(n for n, one in enumerate(before) if one.pk == change.pk)
    former, following = before[place - 1], before[place + 1] if place + 1 < len(before) else None
    if on < former.effective_on:
        raise DayRefused(
            _(
                "The step before it, “%(state)s”, is of %(day)s: this one is of that day or later."
                " Correct or withdraw the step before it first."
            )
            % {"state": labels.of_one(former.to_state, former.effective_on), "day": vi_date(former.effective_on)}
        )
    if following is not None and on >= following.effective_on:
        raise DayRefused(
            _(
                "The step behind it, “%(state)s”, is of %(day)s: this one is of an earlier day."
                " Correct or withdraw the step behind it first."
            )
            % {
                "state": labels.of_one(following.to_state, following.effective_on),
                "day": vi_date(following.effective_on),
            }
        )


def _check_order(
    before: Sequence[Change],
    after: Sequence[Change],
    flows: definitions.Flows,
    mended: Mapping[int, Change],
    *,
    workflow_id: int,
) -> None:
    """Make sure that nothing follows on anything that it cannot follow on, but for what was so before."""
    pairs = {later.pk: (earlier.to_state, later.to_state) for earlier, later in pairwise(before)}
    # What is written now comes behind all that was recorded before of the same day.
    ordered = sorted(after, key=lambda one: (one.effective_on, one.recorded_at is None, _nth(before, one), one.pk))
    for earlier, later in pairwise(ordered):
        flow = flows.on(workflow_id, later.effective_on)
        pair = earlier.to_state, later.to_state
        former = mended.get(later.pk, later)
        moved = later.pk in mended or later.recorded_at is None or later.entry.action in duties.BY_ITSELF
        if pair in flow.moves or pair == pairs.get(former.pk) or not moved:
            continue
        words = {
            "earlier": flow.labels.get(earlier.to_state, earlier.to_state),
            "later": flow.labels.get(later.to_state, later.to_state),
            "day": vi_date(later.effective_on),
            "since": vi_date(earlier.effective_on),
        }
        if later.pk in mended:
            raise DutyRefused(
                _(
                    "After “%(earlier)s” of %(since)s the workflow has no step “%(later)s”."
                    " Choose another state, or correct the step “%(earlier)s” first."
                )
                % words
            )
        raise DutyRefused(
            _(
                "The step “%(later)s” of %(day)s would then follow on “%(earlier)s”, which the workflow does not have."
                " Correct or withdraw the step “%(later)s” first."
            )
            % words
        )


def _nth(before: Sequence[Change], one: Change) -> int:
    return next((n for n, other in enumerate(before) if other.pk == one.pk), len(before))


def _needs_reason(right: Change, after: Sequence[Change], flow: definitions.Flow) -> bool:
    earlier = [one for one in after if one.effective_on <= right.effective_on and one is not right]
    last = max(earlier, key=lambda one: (one.effective_on, one.recorded_at is None, one.pk))
    rule = flow.moves.get((last.to_state, right.to_state))
    return rule is not None and rule.needs_reason


def _restored(w: Writing, ended: Sequence[Change]) -> list[Recorded]:
    """Let steps count again that another one had made void, with their words, proofs and products."""
    rows: list[Recorded] = []
    for empty in ended:
        former = empty.replaces
        assert isinstance(former, Change)
        row = w.instead(empty, until_on=former.until_on, note=former.note, **_proof(former))
        rows.append(row)
        if not (product := _product(former)).is_empty:
            rows.append(
                w.new(Product, change=row, number=product.number, issued_on=product.issued_on, title=product.title)
            )
    return rows


def _steps(rows: Sequence[Recorded]) -> list[Change]:
    return [row for row in rows if isinstance(row, Change)]


def _proof(change: Change) -> dict[str, int | None]:
    return {name: getattr(change, name) for name in BARE}


def _product(change: Change) -> NewProduct:
    found: Product | None = getattr(change, "product", None)
    return NewProduct(found.number, found.issued_on, found.title) if found else NewProduct()
