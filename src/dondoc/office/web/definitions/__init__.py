"""Definitions: what every number means on a day, and how it is changed from a day on."""

from dondoc.office.web.definitions.counting import change
from dondoc.office.web.definitions.naming import name
from dondoc.office.web.definitions.page import listing
from dondoc.office.web.definitions.rates import add, rate

__all__ = ["add", "change", "listing", "name", "rate"]
