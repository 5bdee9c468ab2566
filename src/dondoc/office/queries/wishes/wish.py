"""A wish: which tasks a list shows, by which of its duties each is shown, and in which order."""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.office.queries.clarity import lacking
from dondoc.office.queries.happenings.rows import LIST_CALLED
from dondoc.office.queries.products import EXPECTED
from dondoc.office.queries.standing import HOLDS, LATEST
from dondoc.rules.text import folded


@dataclass(frozen=True, slots=True)
class Wish:
    """Which tasks are wanted; an empty wish keeps all.

    Of several values of one kind a task fits by any (agency A or B); of several kinds it must fit each. An empty tuple
    asks for nothing.

    `words` must all stand in the title, in any order, with or without their marks. What is asked of a duty (agency,
    role, state, timeliness, due day, person, obstacle, urge) is asked of one and the same duty, by which the task is
    then shown. Where nobody names a role, an agency or a person, that is the lead that decides the state of the task:
    the least advanced one. `bucket` are keys of `duties.BUCKETS`; `product` is "named", "none" or "issued";
    `unclear` are points of `rules.clarity` that the task lacks; `obstacle`, `urged` and `sample` are "yes" or "no".
    """

    words: str = ""
    programme: tuple[str, ...] = ()
    resolution: tuple[int, ...] = ()
    document: tuple[int, ...] = ()
    agency: tuple[int, ...] = ()
    role: tuple[str, ...] = ()
    state_class: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    bucket: tuple[str, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    assigned_from: date | None = None
    assigned_to: date | None = None
    kind: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    person: tuple[int, ...] = ()
    obstacle: str = ""
    urged: str = ""
    sample: str = ""

    @property
    def names_a_side(self) -> bool:
        """Whether any duty of a task may be the one that fits, not only the lead that decides."""
        return bool(self.role or self.agency or self.person)

    @property
    def numbered_by(self) -> str:
        """The one list by whose numbers tasks are known here; "" where none or several are asked for."""
        return self.programme[0] if len(self.programme) == 1 else ""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in one column of a board, or on some days of a calendar, of the rows that a wish shows.

    It is asked of the duty by which a task is shown already: of no other, as a further wish would.
    """

    state_class: str = ""
    state: str = ""
    due_from: date | None = None
    due_to: date | None = None


WHOLE = Part()


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is ordered; "" is its own order: by the number on the list asked for, then by title."""

    column: str = ""
    descending: bool = False


UNORDERED = Order()
EMPTY = ("", None, ())  # what a part of a wish holds that asks for nothing


def holds(row: str, table: str) -> str:
    """Say in SQL that a dated row holds on the day asked for, as it was known."""
    return HOLDS.format(row=row, table=table)


OBSTACLE = """
    select 1 from office_obstacle o where o.duty_id = d.id and o.began_on <= %(as_of)s and o.recorded_at <= %(known_at)s
      and not exists (select 1 from office_obstacleend e where e.obstacle_id = o.id and e.recorded_at <= %(known_at)s
                      and (e.ended_on <= %(as_of)s or e.kind = 'mistaken'))
"""
URGE = """
    select 1 from office_urge u where u.duty_id = d.id and u.urged_on <= %(as_of)s and u.recorded_at <= %(known_at)s
      and (%(sees_all)s or u.agency_id = any(%(agencies)s::bigint[]))
"""
PERSON = f"""
    select a.person_id from office_dutyassignee a
    where a.duty_id = d.id and {holds("a", "office_dutyassignee")}
      and not exists (select 1 from office_assigneeanswer s where s.assignee_id = a.id and s.kind = 'sent_back'
                      and s.answered_on <= %(as_of)s and s.recorded_at <= %(known_at)s)
    order by {LATEST.format(row="a")} limit 1
"""
# What is asked of the task itself, in words that need nothing but the tables: t is the task.
OF_TASK = {
    # The letters in threes are in an index; whether they make up the words, the title itself says.
    "words": "t.folded like all(%(words)s::text[]) and dondoc_letters(t.folded) @> %(letters)s::text[]",
    "programme": f"""exists (select 1 from office_programmetask i join office_programme p on p.id = i.programme_id
        where i.task_id = t.id and p.key = any(%(programme)s::text[]) and p.office_id = %(office)s
          and p.begins_on <= %(as_of)s and p.recorded_at <= %(known_at)s and {holds("i", "office_programmetask")})""",
    "resolution": f"""exists (select 1 from office_programmetask i join office_programme p on p.id = i.programme_id
        where i.task_id = t.id and p.resolution_id = any(%(resolution)s::bigint[]) and p.office_id = %(office)s
          and p.begins_on <= %(as_of)s and p.recorded_at <= %(known_at)s and {holds("i", "office_programmetask")})""",
    "document": """exists (select 1 from office_taskclause c
        where c.task_id = t.id and c.document_id = any(%(document)s::bigint[])
          and c.recorded_at <= %(known_at)s and not exists (
            select 1 from office_taskclauseend e where e.tie_id = c.id and e.recorded_at <= %(known_at)s))""",
    "assigned_from": "t.assigned_on >= %(assigned_from)s",
    "assigned_to": "t.assigned_on <= %(assigned_to)s",
    "kind": "t.kind = any(%(kind)s::text[])",
    "origin": "t.origin = any(%(origin)s::text[])",
    "sample": "t.is_sample = (%(sample)s = 'yes')",
}
# What is asked of the duty by which a task is shown: d is a row of `duty` of queries/standing.
OF_DUTY = {
    "agency": "d.bearer_id = any(%(agency)s::bigint[])",
    "role": "d.role = any(%(role)s::text[])",
    "state_class": "d.state_class = any(%(state_class)s::text[])",
    "state": "d.state = any(%(state)s::text[])",
    "bucket": "d.bucket = any(%(bucket)s::text[])",
    "due_from": "d.due_on >= %(due_from)s",
    "due_to": "d.due_on <= %(due_to)s",
    "person": f"({PERSON}) = any(%(person)s::bigint[])",
    "obstacle": f"(d.state_class in ('waiting', 'active') and exists ({OBSTACLE})) = (%(obstacle)s = 'yes')",
    "urged": f"exists ({URGE}) = (%(urged)s = 'yes')",
}
# Products are named at the task or issued at a duty's step.
PRODUCT = {
    "named": f"exists (select 1 from office_task t where t.id = d.task_id and {EXPECTED} <> '')",
    "none": f"exists (select 1 from office_task t where t.id = d.task_id and {EXPECTED} = '')",
    "issued": """exists (select 1 from office_change c join office_product p on p.change_id = c.id
        where c.duty_id = d.id and c.effective_on <= %(as_of)s and p.recorded_at <= %(known_at)s
          and not exists (select 1 from office_change later where later.replaces_id = c.id
                          and later.recorded_at <= %(known_at)s))""",
}
# Rows that a duty must ever have had to fit: they leave out most of a large office before anything is worked out.
EVER = {
    "agency": "exists (select 1 from office_dutybearer b join office_duty d on d.id = b.duty_id"
    " where d.task_id = t.id and b.agency_id = any(%(agency)s::bigint[]))",
    "person": "exists (select 1 from office_dutyassignee a join office_duty d on d.id = a.duty_id"
    " where d.task_id = t.id and a.person_id = any(%(person)s::bigint[]))",
    "due": """t.id in (select d.task_id from office_dutydue u join office_duty d on d.id = u.duty_id
        where u.last_day >= coalesce(%(due_from)s::date, '-infinity'::date)
          and u.last_day <= coalesce(%(due_to)s::date, 'infinity'::date))""",
    "obstacle": "t.id in (select d.task_id from office_obstacle o join office_duty d on d.id = o.duty_id)",
    "urged": "t.id in (select d.task_id from office_urge u join office_duty d on d.id = u.duty_id)",
    "issued": "t.id in (select d.task_id from office_product p join office_change c on c.id = p.change_id"
    " join office_duty d on d.id = c.duty_id)",
    "mine": "t.id in (select d.task_id from office_dutybearer b join office_duty d on d.id = b.duty_id"
    " where b.agency_id = any(%(agencies)s::bigint[]))",
}
_NUMBER = """case when s.number ~ '^[0-9]{1,9}([.][0-9]{1,9})*$' then string_to_array(s.number, '.')::int[] end"""
_NAME = f"""(select n.sort_key from office_agencyname n where n.agency_id = {{of}}
    and {holds("n", "office_agencyname")} order by {LATEST.format(row="n")} limit 1)"""
# By what each column is ordered: s is a row that is shown.
ORDERS: dict[str, tuple[str, ...]] = {
    "number": (_NUMBER, "nullif(s.number, '')"),
    "title": ("s.by_title",),
    "agency": (_NAME.format(of="s.bearer_id"),),
    "lead": (_NAME.format(of="(select l.bearer_id from lead l where l.task_id = s.task_id)"),),
    "role": ("array_position(array['lead', 'coordinate', 'monitor']::text[], s.role::text)",),
    "state": ("s.rank", "s.state_label"),
    "due": ("s.due_on",),
    "first_due": ("s.first_due_on",),
    "timeliness": (
        "nullif(array_position(array['late','due_soon','open','no_due']::text[], s.bucket), 0)",
        "s.due_on",
    ),
    "assigned": ("s.task_assigned_on",),
    "since": ("s.since",),
    "kind": ("s.kind",),
    "origin": ("s.origin",),
    "product": ("nullif(s.product, '')",),
    "person": (f"(select n.sort_key from office_person n where n.id = ({PERSON.replace('d.id', 's.id')}))",),
    "programmes": (
        f"""(select min({LIST_CALLED.format(day="%(as_of)s")}) from place i
            join office_programme p on p.id = i.programme_id where i.task_id = s.task_id)""",
    ),
    "urges": (f"(select nullif(count(*), 0) from ({URGE.replace('d.id', 's.id')}) urged)",),
    "obstacles": (f"(select nullif(count(*), 0) from ({OBSTACLE.replace('d.id', 's.id')}) obstacles)",),
}
# The columns by which rows can be ordered before it is known how they stand.
PLAIN = {
    "": (),
    "title": ("left(t.sort_key, 200)", "t.sort_key"),
    "assigned": ("t.assigned_on",),
    "kind": ("t.kind",),
    "origin": ("t.origin",),
    "product": (f"nullif({EXPECTED}, '')",),
}


def order_parts(order: Order) -> str:
    """Write an order but for its ties; what a row lacks stands last, whichever way it runs."""
    way = "desc" if order.descending else "asc"
    return ", ".join(f"{part} {way} nulls last" for part in ORDERS[order.column or "number"])


def order_by(order: Order) -> str:
    """Write an order in full: ties go by title."""
    return f"{order_parts(order)}, s.by_title, s.task_id"


PARTS = {
    "state_class": "s.state_class = %(part_state_class)s",
    "state": "s.state = %(part_state)s",
    "due_from": "s.due_on >= %(part_due_from)s",
    "due_to": "s.due_on <= %(part_due_to)s",
}


def of_part(part: Part) -> str:
    """Write the condition of a part on s, a row that is shown."""
    return " and ".join(["true", *(sql for name, sql in PARTS.items() if getattr(part, name) not in EMPTY)])


def parameters(wish: Wish, part: Part = WHOLE) -> dict[str, Any]:
    """Give the values of a wish under the names that its conditions use."""
    words = folded(wish.words).replace("%", "").replace("_", "").split()
    found = {name: getattr(wish, name) for name in Wish.__slots__}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
    letters = sorted({word[at : at + 3] for word in words for at in range(len(word) - 2)})
    return {
        **values,
        "words": [f"%{word}%" for word in words],
        "letters": letters,
        "numbered_by": wish.numbered_by,
        **{f"part_{name}": getattr(part, name) for name in PARTS},
    }


def asked_of_task(wish: Wish) -> list[str]:
    """List the conditions of a wish on the task itself."""
    return [sql for name, sql in OF_TASK.items() if getattr(wish, name) not in EMPTY]


def asked_of_duty(wish: Wish) -> list[str]:
    """List the conditions of a wish on the duty by which a task is shown."""
    found = [sql for name, sql in OF_DUTY.items() if getattr(wish, name) not in EMPTY]
    if wish.product:
        found.append(" or ".join(f"({PRODUCT.get(name, 'false')})" for name in wish.product))
    return [*found, lacking(wish.unclear)] if wish.unclear else found


def ever(wish: Wish, *, sees_all: bool) -> list[str]:
    """List what leaves out most tasks beforehand: conditions that every task that fits must meet."""
    wanted = {
        "agency": bool(wish.agency),
        "person": bool(wish.person),
        "due": wish.due_from is not None or wish.due_to is not None,
        "obstacle": wish.obstacle == "yes",
        "urged": wish.urged == "yes",
        "issued": wish.product == ("issued",),
        "mine": not sees_all,
    }
    return [EVER[name] for name, is_wanted in wanted.items() if is_wanted]
