"""What the page of a duty shows of its progress."""

from __future__ import annotations

from typing import Any

from dondoc.office.here import Here
from dondoc.office.queries import progress
from dondoc.office.queries.duties import DutyRow


def part(here: Here, duty: DutyRow) -> dict[str, Any]:
    """Give all reports of a duty, the latest period first."""
    return {"rows": progress.of_duty(duty.id, **here.moment)}
