"""What reported work ended in: the product that a step names, and the steps that a product's day makes void."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from dondoc.office.actions.duties.refusals import DayRefused, DutyRefused
from dondoc.office.actions.duties.steps import Move, NewProduct
from dondoc.office.actions.history import Writing
from dondoc.office.models import Change, Product
from dondoc.office.models.facts import Recorded
from dondoc.office.queries import documents, products
from dondoc.office.queries.definitions import Flow
from dondoc.rules.text import vi_date

LONGEST_NUMBER = 120  # letters


def claims_result(flow: Flow, state: str) -> bool:
    """Say whether a state says that the work is done: reported to whoever assigned it, or accepted."""
    return flow.classes.get(state) == "done" or (
        flow.classes.get(state) == "active" and flow.waits_for.get(state) == "assigner"
    )


def filled(move: Move) -> Move:
    """Take what was left empty of a product from the head of the document that was chosen as proof."""
    chosen = move.evidence.document_id
    if chosen is None or (move.product.number.strip() and move.product.issued_on):
        return move
    head = documents.header_row(chosen)
    found = NewProduct(
        number=move.product.number.strip() or head.number,
        issued_on=move.product.issued_on or head.issued_on,
        title=move.product.title.strip() or head.subject,
    )
    return replace(move, product=found) if found.number and found.issued_on else move


def product_of(w: Writing, move: Move, change: Change, flow: Flow, *, assigned_on: date) -> list[Recorded]:
    """Make the row of the product that a step names; refused where its number or a day that can be is missing.

    A document that proves a step may be older than the work (the order itself): then it proves, and is no product.
    """
    product = move.product
    if product.is_empty or not claims_result(flow, move.to_state):
        return []
    number = " ".join(product.number.split())
    if not number or product.issued_on is None:
        raise DutyRefused(_("A product needs its number and the day on it. Write both, or leave the product empty."))
    if product.issued_on > w.today:
        raise DayRefused(_("The day on the product has not come yet. Write the day that stands on it."))
    if product.issued_on < assigned_on:
        if move.evidence.document_id is not None:
            return []
        raise DayRefused(
            _("The work was assigned on %(day)s: what was issued before cannot be its product.")
            % {"day": vi_date(assigned_on)}
        )
    if product.issued_on > move.on:
        raise DayRefused(
            _("The product is of %(day)s: the work is reported or done on that day or later.")
            % {"day": vi_date(product.issued_on)}
        )
    title = " ".join(product.title.split())
    return [w.new(Product, change=change, number=number[:LONGEST_NUMBER], issued_on=product.issued_on, title=title)]


def ended_from(w: Writing, duty_id: int, *, on: date) -> list[Recorded]:
    """End the steps that were recorded for later days than the one since which the work turns out to be done.

    Each is replaced by one with an empty period, in the entry that says so: what was known before stays known.
    """
    without = {"note": "", "document_id": None, "original_id": None}
    return [w.instead(later, until_on=later.effective_on, **without) for later in products.steps_after(duty_id, on=on)]
