"""Some weeks in the life of an office, lived through the actions and checked each evening (`bench/year.py`: a year)."""

from __future__ import annotations

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from dondoc.office.actions.notices import MAIL_JOB
from office.year import LivingOffice

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_lost_in_the_life_of_an_office() -> None:
    office = LivingOffice(agencies=8, tasks=40, days=25, first=date(2024, 1, 2), seed=7)
    for day in office.live():
        office.check(day, thoroughly=day.weekday() == 4)
    everything = {"add_task", "move", "move_by_hand", "ask_extension", "name_obstacle", "end_obstacle", "take_in"}
    everything |= {"hand_over_duty", "set_due", "withdraw_change", "correct_change", "urge_duty", "split_task"}
    everything |= {"open_period", "nothing_new", "submit_progress", "return_progress", "accept_progress"}
    everything |= {"send_reminder", "name_person", "person_taken_on", "person_sent_back", "pass_on", "refuse_extension"}
    everything |= {"make_digest", "mark_read", "mail_sent", "mail_failed", "mail_not_needed"}
    assert office.deeds.keys() == everything
    assert sum(n for name, n in office.refused.items() if name.startswith("overstep")) >= 60
    # A job outlives the tables that are emptied behind a test: what waits to be sent is not left to the next one.
    ProcrastinateJob.objects.filter(task_name=MAIL_JOB)._raw_delete("default")
