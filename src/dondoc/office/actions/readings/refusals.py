"""Why a proposal cannot be decided as it was asked."""

from dondoc.office.access import Refused


class ReadingRefused(Refused):
    """A proposal cannot be decided like this."""


class AlreadyDecided(Refused):
    """Somebody else decided on the proposal first."""


class AlreadyBegun(Refused):
    """Somebody has already reported on what would be withdrawn; it takes a second, plain yes."""
