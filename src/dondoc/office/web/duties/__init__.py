"""Duties: the page of one, its next step, and the forms by which it is passed on, given a day, and a person."""

from dondoc.office.web.duties.bearing import add, due, hand_over
from dondoc.office.web.duties.mending import correct, withdraw
from dondoc.office.web.duties.naming import name, send_back, take_on
from dondoc.office.web.duties.page import show

__all__ = ["add", "correct", "due", "hand_over", "name", "send_back", "show", "take_on", "withdraw"]
