"""Fills an office of its own with 5,000 tasks, through the actions: `python crowd.py`, beside a running site."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from datetime import date, timedelta

import django

from dondoc import engine

OPEN = ExitStack()
os.environ["DATABASE_URL"] = OPEN.enter_context(engine.database())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
django.setup()

from dondoc.office.access import Actor, Viewer  # noqa: E402
from dondoc.office.actions.agencies import NewAgency, add_agency  # noqa: E402
from dondoc.office.actions.definitions import lay_down_standard  # noqa: E402
from dondoc.office.actions.duties import Move, move_duties  # noqa: E402
from dondoc.office.actions.offices import found_office  # noqa: E402
from dondoc.office.actions.people import add_account  # noqa: E402
from dondoc.office.actions.tasks import NewDuty, NewTask, add_tasks  # noqa: E402
from dondoc.office.models import Duty  # noqa: E402
from dondoc.rules.deadlines import DueRule  # noqa: E402

KEY, USER, PASSWORD = "nam-nghin", "namnghin", "nam-nghin-nhiem-vu"
SECTORS = ("Tài chính", "Xây dựng", "Nội vụ", "Y tế", "Tư pháp", "Công Thương", "Giáo dục", "Khoa học và Công nghệ")
WORK = ("Lập đề án", "Rà soát quy hoạch", "Báo cáo kết quả", "Xây dựng kế hoạch", "Trình phương án", "Kiểm tra tiến độ")
BATCH = 1000


def fill(count: int, today: date) -> None:
    """Found the office with its account and enter the tasks, some of them begun, some done, some late."""
    on = today - timedelta(days=400)
    office = found_office(
        key=KEY,
        name="Văn phòng Năm nghìn",
        place="Năm Nghìn",
        hierarchy="party",
        body_name="Thành ủy Năm Nghìn",
        body_kind="party_committee",
        on=on,
        actor_name="thử",
        is_sample=True,
    )
    actor = Actor(Viewer(None, office.pk, "administrator"), "thử")
    workflow = lay_down_standard(actor=actor)
    names = [f"Sở {sector}" for sector in SECTORS] + [f"Phường số {n}" for n in range(1, 43)]
    agencies = [add_agency(NewAgency(name, "department", "province"), on=on, actor=actor) for name in names]
    add_account(
        username=USER, password=PASSWORD, full_name="Năm Nghìn", role="officer", agency=None, on=on, actor=actor
    )

    def new(n: int) -> NewTask:
        due = DueRule("day", today + timedelta(days=n % 240 - 90)) if n % 9 else None
        second = NewDuty(agencies[(n + 7) % len(agencies)], "coordinate", due=due)
        first = NewDuty(agencies[n % len(agencies)], due=due)
        title = f"{WORK[n % len(WORK)]} về lĩnh vực {SECTORS[n % len(SECTORS)].lower()} số {n:04d}"
        return NewTask(title, (first, second), workflow)

    for start in range(0, count, BATCH):
        day = on + timedelta(days=start // 25)
        made = add_tasks([new(n) for n in range(start, min(start + BATCH, count))], on=day, actor=actor)
        leads = Duty.objects.filter(task__in=made, role="lead").order_by("pk").values_list("pk", flat=True)
        # A third waits, most of the others are under way, whatever the work and the sector.
        begun = [Move(key, "in_progress", day + timedelta(days=5)) for n, key in enumerate(leads) if n // 6 % 3]
        done = [Move(move.duty_id, "done", day + timedelta(days=30)) for move in begun[::5]]
        move_duties([*begun, *done], actor=actor)


if __name__ == "__main__":
    with OPEN:
        fill(int(sys.argv[1]), date.fromisoformat(sys.argv[2]))
