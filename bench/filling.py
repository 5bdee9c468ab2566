"""Offices of any size for measuring: their facts written straight into the tables, the same for the same seed.

A task has one lead and two that coordinate, one of ten two leads and one; a duty has some five changes, of which some
were entered late and one of fifty was mended later, and a due day, one of ten an extended one. Each day has one entry
of the log, to which all that was learned on that day belongs. The triggers of the tables are off meanwhile: what is
measured here is how such an office is asked, not how it is filled.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dondoc.office.models import Office

FIRST, TODAY = date(2022, 1, 3), date(2025, 6, 16)
AGENCIES, LISTS = 300, 8
SYLLABLES = """tổ chức thực hiện nhiệm vụ kế hoạch báo cáo kết quả đơn vị địa phương phối hợp chủ trì theo dõi kiểm tra
giải ngân vốn đầu tư công dự án tiến độ hoàn thành trước ngày tháng năm quý thành phố tỉnh ủy ban nhân dân sở ngành quận
huyện xã phường lãnh đạo chỉ đạo triển khai đề án chương trình hành động nghị quyết trung ương bộ chính trị phát triển
kinh tế xã hội văn hóa giáo dục y tế giao thông nông nghiệp công nghiệp thương mại dịch vụ môi trường tài nguyên đất
đai quy hoạch xây dựng hạ tầng đô thị cải cách hành chính chuyển đổi số an ninh quốc phòng đôn đốc""".split()  # noqa: SIM905
RARE = "xuyênvân"  # stands in one title of a thousand

# Chance that depends on nothing but the row: of(id, salt) is a number from 0 to below `below`.
OF = "mod(abs(hashint8extended({row}, {salt})), {below})"

DUTIES = f"""
    insert into office_duty (id, entry_id, recorded_at, task_id, role, "order", assigned_on, stage)
    select 3 * (t.id - %(task)s) + n + %(duty)s, t.entry_id, t.recorded_at, t.id,
           case when n = 0 or n = 1 and {OF.format(row="t.id", salt=1, below=10)} = 0 then 'lead' else 'coordinate' end,
           n, t.assigned_on, ''
    from office_task t cross join generate_series(0, 2) n where t.office_id = %(office)s
"""
BEARERS = f"""
    insert into office_dutybearer (entry_id, recorded_at, effective_on, backfilled, agency_id, duty_id, reason)
    select d.entry_id, d.recorded_at, d.assigned_on, false,
           (%(agencies)s::bigint[])[1 + least({OF.format(row="d.id", salt=2, below=300)},
                                              {OF.format(row="d.id", salt=3, below=300)})], d.id, ''
    from office_duty d join office_task t on t.id = d.task_id where t.office_id = %(office)s
"""
DUES = f"""
    insert into office_dutydue (
        entry_id, recorded_at, effective_on, backfilled, kind, "on", last_day, every, words, duty_id)
    select e.id, e.at, x.day, false, 'day', x.due, x.due, '', '', x.id
    from (select d.id, d.assigned_on as day, d.assigned_on + 20 + {OF.format(row="d.id", salt=4, below=300)}::int as due
          from office_duty d join office_task t on t.id = d.task_id
          where t.office_id = %(office)s and {OF.format(row="d.id", salt=5, below=10)} > 0
          union all
          select d.id, d.assigned_on + 15, d.assigned_on + 340
          from office_duty d join office_task t on t.id = d.task_id
          where t.office_id = %(office)s and {OF.format(row="d.id", salt=6, below=10)} = 1
            and d.assigned_on + 15 <= %(today)s) x join bench_entry e on e.day = x.day order by x.day, x.id
"""
# The steps of a duty in turn: how far it comes is drawn, and what would lie in days to come has not happened yet.
CHANGES = f"""
    insert into office_change (entry_id, recorded_at, effective_on, backfilled, from_state, to_state, note, duty_id)
    select e.id, e.at, x.day, false, coalesce((%(steps)s::text[])[x.n], ''), (%(steps)s::text[])[x.n + 1], '', x.id
    from (select d.id, n, d.assigned_on + (n * (6 + {OF.format(row="d.id", salt=7, below=25)}))::int as day,
                 case when {OF.format(row="d.id + n", salt=8, below=5)} = 0
                      then {OF.format(row="d.id", salt=9, below=20)} else 0 end::int as lag
          from office_duty d join office_task t on t.id = d.task_id
          cross join generate_series(0, 7) n
          where t.office_id = %(office)s and n <= 2 + {OF.format(row="d.id", salt=10, below=6)}) x
    join bench_entry e on e.day = least(x.day + x.lag, %(today)s) where x.day <= %(today)s order by e.day, x.id, x.n
"""
MENDED = f"""
    insert into office_change (
        entry_id, recorded_at, effective_on, backfilled, from_state, to_state, note, duty_id, replaces_id)
    select e.id, e.at, greatest(c.effective_on - 2, d.assigned_on), false, c.from_state, c.to_state, '', c.duty_id, c.id
    from office_change c join office_duty d on d.id = c.duty_id join office_task t on t.id = d.task_id
    join office_logentry own on own.id = c.entry_id
    join bench_entry e on e.day = least((own.recorded_at at time zone 'UTC')::date + 9, %(today)s)
    where t.office_id = %(office)s and c.replaces_id is null and {OF.format(row="c.id", salt=11, below=50)} = 0
      and (own.recorded_at at time zone 'UTC')::date < %(today)s
    order by e.day, c.id
"""
ON_LISTS = f"""
    insert into office_programmetask (
        entry_id, recorded_at, effective_on, backfilled, programme_id, task_id, number, reason)
    select t.entry_id, t.recorded_at, t.assigned_on, false,
           (%(lists)s::bigint[])[1 + {OF.format(row="t.id", salt=12, below=LISTS)}], t.id, (t.id - %(task)s)::text, ''
    from office_task t where t.office_id = %(office)s and {OF.format(row="t.id", salt=13, below=3)} = 0
"""
STEPS = [
    "assigned", "acknowledged", "in_progress", "reported", "in_progress", "reported", "done", "in_progress",
]  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """The office, and what the questions of the bench name: some agency that owes much, and the key of a list."""

    office: Office
    agency: int
    programme: str
    sizes: dict[str, int]


def fill(size: int, seed: int) -> Filled:
    """Found an office and give it so many tasks with all that belongs to them."""
    from django.db import connection

    from dondoc.office.access import Actor, Viewer
    from dondoc.office.actions.agencies import NewAgency, add_agency
    from dondoc.office.actions.definitions import lay_down_standard
    from dondoc.office.actions.intake import Incoming, take_in
    from dondoc.office.actions.offices import found_office
    from dondoc.office.actions.programmes import lay_down_programme
    from dondoc.office.models import Document

    instants = (datetime.combine(FIRST - timedelta(days=2), time(1), UTC) + timedelta(seconds=n) for n in range(9999))

    def clock() -> datetime:
        return next(instants)

    begin = FIRST - timedelta(days=2)
    office = found_office(
        key="bench", name="Văn phòng", place="Cần Thơ", hierarchy="party", body_name="Thành ủy Cần Thơ",
        body_kind="party_committee", on=begin, actor_name="hệ thống", clock=clock, is_sample=True,
    )  # fmt: skip
    actor = Actor(Viewer(None, office.pk, "administrator"), "Nguyễn Văn Thử", clock=clock)
    officer = Actor(Viewer(None, office.pk, "officer"), "Nguyễn Văn Thử", clock=clock)
    workflow = lay_down_standard(actor=actor)
    agencies = [
        add_agency(NewAgency(f"Sở số {n}", "department", "province"), on=begin, actor=actor).pk for n in range(AGENCIES)
    ]
    taken = take_in(Incoming("NGHỊ QUYẾT\nvề phát triển\n".encode(), "nghi-quyet.txt", begin), actor=officer)
    resolution = Document(pk=taken.document_id)
    lists = [
        lay_down_programme(
            key=f"danh-muc-{n}", title=f"Danh mục {n}", item_noun="nhiệm vụ", resolution=resolution,
            workflow=workflow, order=n, on=begin, actor=actor,
        )
        for n in range(LISTS)
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set synchronous_commit = off")
        values: dict[str, Any] = {
            "office": office.pk, "today": TODAY, "agencies": agencies, "lists": [one.pk for one in lists],
            "steps": STEPS, "task": 1_000_000, "duty": 10_000_000,
        }  # fmt: skip
        entries = _entries(cursor, office.pk)
        _tasks(cursor, size, seed, office.pk, workflow.pk, entries, values["task"])
        for statement in (DUTIES, BEARERS, DUES, CHANGES, MENDED, ON_LISTS):
            cursor.execute(statement, values)
        for table in ("logentry", "task", "duty"):
            cursor.execute(
                f"select setval(pg_get_serial_sequence('office_{table}', 'id'), max(id)) from office_{table}"
            )
        cursor.execute("set session_replication_role = origin")
        cursor.execute("analyze")
    return filled()


def filled() -> Filled:
    """Name what the questions ask about in an office that was filled, now or earlier."""
    from django.db import connection

    from dondoc.office.access import office_wide
    from dondoc.office.queries import agencies, people, programmes

    sizes = {}
    with connection.cursor() as cursor:
        for table in ("task", "duty", "change", "dutydue", "dutybearer"):
            cursor.execute(f"select count(*) from office_{table}")
            (sizes[table],) = cursor.fetchone()
    (office,) = people.offices()
    moment: dict[str, Any] = {"viewer": office_wide(office.pk), "as_of": TODAY, "known_at": None}
    bearers = sorted(row.id for row in agencies.agencies(**moment))
    return Filled(office, bearers[3], programmes.programmes(**moment)[2].key, sizes)


def _entries(cursor: Any, office_id: int) -> dict[date, tuple[int, datetime]]:
    """Write an entry of the log for each day, and keep which is which for the statements above."""
    cursor.execute("create temporary table bench_entry (day date primary key, id bigint, at timestamptz)")
    cursor.execute("select max(seq), max(id) from office_logentry where office_id = %s", [office_id])
    seq, last = cursor.fetchone()
    entries = {}
    columns = "id, seq, recorded_at, actor_name, action, detail_digest, previous, hash, office_id"
    with cursor.copy(f"copy office_logentry ({columns}) from stdin") as copy:
        for n in range(1, (TODAY - FIRST).days + 2):
            at = datetime.combine(FIRST + timedelta(days=n - 1), time(9), UTC)
            entries[at.date()] = (last + n, at)
            copy.write_row(
                (last + n, seq + n, at, "hệ thống", "fill", f"{n:064x}", f"{n - 1:064x}", f"{n:064x}", office_id)
            )
    with cursor.copy("copy bench_entry (day, id, at) from stdin") as copy:
        for day, (key, at) in entries.items():
            copy.write_row((day, key, at))
    cursor.execute("analyze bench_entry")
    return entries


def _tasks(
    cursor: Any,
    size: int,
    seed: int,
    office_id: int,
    workflow_id: int,
    entries: dict[date, tuple[int, datetime]],
    before: int,
) -> None:
    from dondoc.rules.text import folded, sort_key

    choose = random.Random(seed)
    span = (TODAY - FIRST).days
    days = sorted(FIRST + timedelta(days=choose.randrange(span)) for _n in range(size))
    columns = (
        "id, entry_id, recorded_at, kind, origin, title, product, assigned_on, is_sample, folded, sort_key, office_id, "
        "workflow_id"
    )
    with cursor.copy(f"copy office_task ({columns}) from stdin") as copy:
        for n, day in enumerate(days, 1):
            words = choose.choices(SYLLABLES, k=choose.randrange(8, 20))
            if n % 1000 == 0:
                words[3] = RARE
            title = " ".join(words).capitalize()
            entry, at = entries[day]
            row = (title, "Báo cáo" if n % 4 else "", day, True, folded(title), sort_key(title), office_id, workflow_id)
            copy.write_row((before + n, entry, at, "task", "hand", *row))
