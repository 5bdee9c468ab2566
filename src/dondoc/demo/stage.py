"""An office while it is being built: what was entered so far, by its short name, and who acts at which instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from dondoc.demo.data import LOCAL
from dondoc.office.access import Actor, Viewer
from dondoc.office.models import Agency, Document, Frame, Office, Period, Programme, Task, User, Workflow
from dondoc.office.queries import documents
from dondoc.office.queries.standing import duties_standing

Item = tuple[str, str]
"""A task as the files name it: the list or document, and its number there."""


@dataclass
class Stage:
    """What was entered so far. `missing` names what the files expect of a document and the reader did not find."""

    key: str
    office: Office
    at: datetime | None
    agencies: dict[str, Agency] = field(default_factory=dict)
    users: dict[str, tuple[User, Viewer]] = field(default_factory=dict)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    tasks: dict[Item, Task] = field(default_factory=dict)
    duties: dict[Item, list[int]] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def actor(self, username: str = "") -> Actor:
        """The person who acts, at the instant that is being replayed (None: now)."""
        at = self.at
        clock = None if at is None else (lambda: at)
        if not username:
            viewer = Viewer(user_id=None, office_id=self.office.pk, role="administrator")
            return Actor(viewer, "Đôn Đốc (dữ liệu mẫu)", clock)
        user, viewer = self.users[username]
        return Actor(viewer, user.full_name, clock)

    @property
    def today(self) -> date:
        """The day, in Vietnam, of the instant that is being replayed."""
        assert self.at is not None
        return self.at.astimezone(LOCAL).date()

    @property
    def officer(self) -> Actor:
        """The compiling officer, or the program itself before there is one."""
        role = next((name for name, (_user, viewer) in self.users.items() if viewer.role == "officer"), "")
        return self.actor(role)

    def document(self, key: str | None) -> Document | None:
        """The document of this short name."""
        if key is None:
            return None
        seen = documents.visible(viewer=self.officer.viewer, as_of=date.max, known_at=None)
        return seen.get(pk=self.documents[key])

    def keep(self, items: dict[Item, Task]) -> None:
        """Remember tasks and the duties they have, the lead first."""
        self.tasks |= items
        found = duties_standing(
            "true order by task_id, place, id",
            viewer=self.officer.viewer,
            as_of=self.today,
            known_at=None,
            tasks=[task.pk for task in items.values()],
        )
        by_task: dict[int, list[int]] = {}
        for duty in found:
            by_task.setdefault(duty.task_id, []).append(duty.id)
        self.duties |= {item: by_task[task.pk] for item, task in items.items()}
