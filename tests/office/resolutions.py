"""A resolution with clauses, and a plan that may make some of them concrete, in each of two offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dondoc.office import figures
from dondoc.office.access import Viewer
from dondoc.office.actions.intake import Incoming, read_document, take_in
from dondoc.office.actions.tasks import NewDuty, NewTask, add_task
from dondoc.office.models import Clause, Document
from dondoc.office.queries import clauses
from dondoc.office.queries.clauses import ClauseRow
from dondoc.rules.deadlines import DueRule
from office.conftest import World

RESOLUTION = """THÀNH ỦY {place}
*
Số 12-NQ/TU

{place}, ngày 10 tháng 01 năm 2022

NGHỊ QUYẾT
về phát triển đường thủy

I- TÌNH HÌNH

1. Đường thủy của {place} chưa tương xứng với tiềm năng.

II- NHIỆM VỤ

1. Quy hoạch bến cảng

a) Lập quy hoạch chi tiết các bến.

b) Công bố quy hoạch trên cổng thông tin.

2. Nạo vét luồng chính ở {place}.

III- TỔ CHỨC THỰC HIỆN

Các cấp ủy cụ thể hóa Nghị quyết này.
"""
PLAN = """ỦY BAN NHÂN DÂN
*
Số {n}/KH-UBND

{place}, ngày 0{n} tháng 3 năm 2022

KẾ HOẠCH
thực hiện Nghị quyết số 12-NQ/TU

Nội dung kế hoạch ở {place}.
"""
DAY = date(2022, 3, 10)
YEAR = (date(2022, 1, 1), date(2022, 12, 31))


@dataclass(frozen=True)
class Resolved:
    """An office with a resolution of clauses and a plan that may make some of them concrete."""

    world: World
    resolution: int
    plan: int

    def clause(self, address: str) -> int:
        return Clause.objects.get(document=self.resolution, address=address).pk

    def rows(self, day: date = DAY, viewer: Viewer | None = None, **known: object) -> dict[str, ClauseRow]:
        known_at = known.get("known_at")
        found = clauses.clauses(self.resolution, viewer=viewer or self.world.viewer(), as_of=day, known_at=known_at)
        return {row.address: row for row in found}

    def counts(self, day: date = DAY, viewer: Viewer | None = None, **known: object) -> dict[str, object]:
        asked = {"viewer": viewer or self.world.viewer(), "as_of": day, "known_at": known.get("known_at")}
        requests = [(f"clauses.{kind}", {"document": str(self.resolution)}) for kind in clauses.KINDS]
        found = figures.values(requests, **asked)
        for number in found:
            rows = figures.rows(number.key, **asked, arguments=dict(number.arguments))
            assert number.value is None or number.value == len(rows), "a number counts the rows that it opens to"
        return {number.key.removeprefix("clauses."): number.value for number in found}


def resolved(world: World) -> Resolved:
    def put_in(text: str, name: str) -> int:
        taken = take_in(Incoming(text.format(place=world.office.place, n=5).encode(), name, DAY), actor=world.actor)
        read_document(taken.document_id, actor=world.actor)
        return taken.document_id

    return Resolved(world, put_in(RESOLUTION, "nq.txt"), put_in(PLAN, "kh.txt"))


def task_of(here: Resolved, address: str, *, due: date | None = None, day: date = DAY) -> int:
    rule = DueRule("day", due) if due else None
    new = NewTask(
        f"Việc của {address}",
        (NewDuty(here.world.finance, "lead", rule),),
        here.world.workflow,
        document=Document(pk=here.resolution),
        clause=Clause(pk=here.clause(address)),
    )
    return add_task(new, on=day, actor=here.world.actor).pk
