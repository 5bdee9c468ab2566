"""Urging in the replay: who was urged about late work, what was answered, and the reminders of the building's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dondoc.demo import data
from dondoc.demo.stage import Stage
from dondoc.office.access import by_itself
from dondoc.office.actions.reminders import send_reminders
from dondoc.office.actions.urges import (
    Answer,
    answer_urge,
    letter_of,
    receive_urge,
    urge_duty,
)
from dondoc.office.queries import ladder
from dondoc.rules.ladder import Step


def urge(stage: Stage, *, today: date) -> None:
    """Enter the urges that the file names, each with what became of it; then let the program remind of what is due."""
    for row in data.read(stage.key, "urging") or []:
        _urge(stage, row, today=today)
    send_reminders(on=today, actor=by_itself(stage.office.pk))


def _urge(stage: Stage, row: dict[str, Any], *, today: date) -> None:
    def day(of: dict[str, Any]) -> date:
        return today - timedelta(days=of["days_before"])

    on = day(row)
    list_key, number = row["of"]
    duty = stage.tasks[(list_key, str(number))].duties.get(role="lead")
    (stands,) = ladder.standing(viewer=stage.officer.viewer, as_of=on, known_at=None, ids=[duty.pk])
    step = Step("", "", "urge", 0, row["kind"], row["answer_within"])
    said = letter_of(stands, step, on=on, speaker=stage.office.name)
    made = urge_duty(duty.pk, replace(said, channel=row["channel"]), on=on, actor=stage.officer)
    if "received" in row:
        received = row["received"]
        receive_urge(made.pk, received_on=day(received), received_by=received["by"], actor=stage.officer)
    if "answer" in row:
        answer = row["answer"]
        answer_urge(made.pk, Answer(answer["text"], day(answer)), actor=stage.actor(answer["by"]))
