"""Deliveries: putting documents in, one by one or many at once, and what became of each file."""

from dondoc.office.web.deliveries.sending import add, begin, receive
from dondoc.office.web.deliveries.showing import again, listing, progress, show

__all__ = ["add", "again", "begin", "listing", "progress", "receive", "show"]
