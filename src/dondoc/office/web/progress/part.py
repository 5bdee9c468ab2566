"""What the page of a duty shows of its progress."""

from __future__ import annotations

from typing import Any

from dondoc.office.here import Here
from dondoc.office.queries import progress
from dondoc.office.queries.tasks import WithTask


def part(here: Here, seen: WithTask) -> dict[str, Any]:
    """Give all reports of a duty, the latest period first."""
    return {"rows": progress.of_duty(seen.duty.id, **here.moment, called=seen.called)}
