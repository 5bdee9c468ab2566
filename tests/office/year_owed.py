"""What those who act in a living office remember of a duty, and how often work goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dondoc.office.models import Agency, Task

# How often work in a state goes on to which other on a day; what is left stays as it is.
GOES_ON = {
    "assigned": (("acknowledged", 0.5), ("sent_back", 0.02), ("in_progress", 0.1)),
    "sent_back": (("assigned", 0.5), ("dropped", 0.1)),
    "acknowledged": (("in_progress", 0.3), ("paused", 0.01)),
    "in_progress": (("reported", 0.06), ("done", 0.01), ("paused", 0.003), ("deferred", 0.003), ("dropped", 0.001)),
    "reported": (("done", 0.4), ("in_progress", 0.1)),
    "paused": (("in_progress", 0.05),),
    "deferred": (("in_progress", 0.01),),
    "done": (("in_progress", 0.0005),),
    "dropped": (),
}
OPEN = ("assigned", "sent_back", "acknowledged", "in_progress", "reported")
LETTER = "THÀNH ỦY MẪU\n*\nSố {number}-CV/TU\n\nGiao Sở Tài chính lập danh mục công trình trước ngày {day}.\n"


@dataclass
class Owed:
    """A duty as those who act remember it: who bears it, which states on which days, which due days."""

    task: Task
    agency: Agency
    assigned_on: date
    states: list[tuple[date, str]]
    dues: list[date | None]
    is_mended: bool = False

    def state(self, day: date) -> str:
        """The state on a day: the step of the latest day, of steps of one day the one taken last."""
        return max((on, n, state) for n, (on, state) in enumerate(self.states) if on <= day)[2]

    @property
    def last_step_on(self) -> date:
        return max(on for on, _state in self.states)
