"""Duties: moved from state to state, on evidence; passed on, given a due day, given to a person."""

from dondoc.office.actions.duties.bearing import AddedDuty, HandOver, add_duty, hand_over_duty, hand_over_rows
from dondoc.office.actions.duties.correcting import correct_change, withdraw_change
from dondoc.office.actions.duties.due import change_due, set_due
from dondoc.office.actions.duties.moving import move_duties, move_duty
from dondoc.office.actions.duties.naming import Answer, Naming, answer_naming, name_person
from dondoc.office.actions.duties.refusals import ChangedMeanwhile, DayRefused, DutyRefused
from dondoc.office.actions.duties.steps import Evidence, Move, NewProduct

__all__ = [
    "AddedDuty",
    "Answer",
    "ChangedMeanwhile",
    "DayRefused",
    "DutyRefused",
    "Evidence",
    "HandOver",
    "Move",
    "Naming",
    "NewProduct",
    "add_duty",
    "answer_naming",
    "change_due",
    "correct_change",
    "hand_over_duty",
    "hand_over_rows",
    "move_duties",
    "move_duty",
    "name_person",
    "set_due",
    "withdraw_change",
]
