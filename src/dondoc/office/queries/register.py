"""The register of documents: which ones fit a wish, in which order, a page at a time, and how many they are.

One row of `DocumentWords` stands for a document as its head was known at an instant; every list, count and search is
answered from its indexes. A page goes on from the last document of the one before, so that the thousandth page is as
quick as the first.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import Document, LinkKind
from dondoc.office.queries import documents, standing
from dondoc.office.queries.documents import DocumentRow
from dondoc.rules import search
from dondoc.rules.text import folded

SIZE = 50
FOUND_SIZE = 20  # rows of a page on which places in the text are shown
MOST_SNIPPETS = 3
FEW = 5000  # that fit: they are ordered by themselves; more are read in the order of an index until a page is full
MOST_LETTERS = 1_000_000  # of text that one page looks for places in


class WishRefused(Refused):
    """What was asked of the register cannot be understood."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are wanted; an empty wish keeps all. Days include both ends.

    `to` is the number that a link names, `link` the kind of that link ("" any); `open`, `tasks`, `late` keep documents
    with open proposals, with tasks, with late ones; `withdrawn` shows those withdrawn in place of those that were not.
    """

    q: str = ""
    kind: str = ""
    issuer: str = ""
    hierarchy: str = ""
    issued_from: str = ""
    issued_to: str = ""
    received_from: str = ""
    received_to: str = ""
    incoming: str = ""
    signer: str = ""
    link: str = ""
    to: str = ""
    programme: str = ""
    open: str = ""
    tasks: str = ""
    late: str = ""
    withdrawn: str = ""


WISHES = tuple(field.name for field in fields(Wanted))
AMONG = {
    "hierarchy": ("party", "state"),
    "link": tuple(LinkKind.values),
    **dict.fromkeys(("open", "tasks", "late", "withdrawn"), ("1",)),
}
# The columns a list is ordered by, the document last so that no two are equal, and whether it begins with the highest.
ORDERS: dict[str, tuple[tuple[str, ...], bool]] = {
    "issued": (("w.day", "w.document_id"), True),
    "received": (("w.received_on", "w.document_id"), True),
    "number": (("w.number_key", "w.document_id"), False),
    "issuer": (("w.issuer_key", "w.day", "w.document_id"), False),
    "open": (("coalesce(waiting.n, 0)", "w.day", "w.document_id"), True),
}
WAITING = " left join unnest(%(waiting)s::bigint[], %(counts)s::bigint[]) waiting (document_id, n) using (document_id)"
WITHDRAWN = """exists (
        select 1 from office_withdrawal x
        where x.document_id = w.document_id and x.is_withdrawn and x.recorded_at <= %(known_at)s
          and not exists (select 1 from office_withdrawal later where later.document_id = x.document_id
                          and later.id > x.id and later.recorded_at <= %(known_at)s))"""
LINKED = f"""w.document_id in (
        select l.document_id from office_documentlink l
        left join office_documentwords t on t.document_id = l.target_id and t.replaced_at is null
        where (lower(l.target_number) = %(to)s or t.number_key = %(to_key)s)
          and (%(link)s = '' or l.kind = %(link)s)
          and {standing.HOLDS.format(row="l", table="office_documentlink")})"""
CONDITIONS = {
    "kind": "w.kind = %(kind)s",
    "issuer": "w.issuer_key = %(issuer)s",
    "hierarchy": "w.hierarchy = %(hierarchy)s",
    "issued_from": "w.day >= %(issued_from)s and w.issued_on is not null",
    "issued_to": "w.day <= %(issued_to)s and w.issued_on is not null",
    "received_from": "w.received_on >= %(received_from)s",
    "received_to": "w.received_on <= %(received_to)s",
    "incoming": "w.incoming_key = %(incoming)s",
    "signer": "w.signer_key like %(signer)s",
    "to": LINKED,
    "open": "w.document_id = any(%(waiting)s::bigint[])",
    "tasks": "w.document_id = any(%(with_tasks)s::bigint[])",
    "late": "w.document_id = any(%(with_late)s::bigint[])",
    "programme": "w.document_id = any(%(on_programme)s::bigint[])",
}
FROM_TASKS = f"""
    select distinct c.document_id from task join office_taskclause c on c.task_id = task.task_id
    where {standing.TIED}"""
FROM_LATE = f"""
    select distinct c.document_id from duty join office_taskclause c on c.task_id = duty.task_id
    where {standing.TIED} and duty.visible and duty.bucket = 'late'"""
ON_PROGRAMME = f"""
    select resolution_id from listed where key = %(programme)s
    union
    select c.document_id from place join office_taskclause c on c.task_id = place.task_id
    where place.key = %(programme)s and {standing.TIED}"""


@dataclass(frozen=True, slots=True)
class Order:
    """By what a list is ordered, and whether the highest comes first."""

    column: str = "issued"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A document of the list with the places where the words that were asked for stand in its text."""

    row: DocumentRow
    snippets: tuple[search.Snippet, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the register, and the documents from which the pages before and after go on (None: there is none)."""

    found: tuple[Found, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """From where a page goes on: after or before a document of the list; neither: from the top."""

    after: int | None = None
    before: int | None = None


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """Make a wish from what an address or a figure names; a day is written 2024-06-18, a switch is 1."""
    strange = sorted(set(given) - set(WISHES))
    wrong = strange or [name for name, among in AMONG.items() if given.get(name) and given[name] not in among]
    for name in ("issued_from", "issued_to", "received_from", "received_to"):
        try:
            date.fromisoformat(given.get(name) or "2000-01-01")
        except ValueError:
            wrong = [*wrong, name]
    if wrong:
        raise WishRefused(_("The register cannot be asked for “%(names)s” like this.") % {"names": ", ".join(wrong)})
    return Wanted(**{name: " ".join(value.split()) if name != "q" else value for name, value in given.items()})


def order_of(column: str, direction: str) -> Order:
    """Read by what a list is to be ordered; what is not understood is ordered by the day of issue."""
    if column not in ORDERS:
        return Order()
    return Order(column, {"up": False, "down": True}.get(direction, ORDERS[column][1]))


@dataclass(frozen=True, slots=True)
class Statement:
    """The part of the SQL that all questions about a wish share: from where, under which conditions."""

    source: str
    where: str
    parameters: dict[str, Any]


def statement(
    wanted: Wanted, *, viewer: Viewer, as_of: date, known_at: datetime | None, order: Order | None = None
) -> Statement:
    """Put together which rows fit a wish, for a viewer on a day."""
    p = _parameters(wanted, viewer=viewer, as_of=as_of, known_at=known_at)
    conditions = ["w.office_id = %(office)s", "w.day <= %(as_of)s"]
    if known_at is None:
        conditions.append("w.replaced_at is null")
    else:
        conditions.append("w.recorded_at <= %(known_at)s and (w.replaced_at is null or w.replaced_at > %(known_at)s)")
    conditions.append(WITHDRAWN if wanted.withdrawn else f"not {WITHDRAWN}")
    if not viewer.sees_all:
        conditions.append("w.document_id = any(%(sight)s::bigint[])")
        sight = documents.visible(viewer=viewer, as_of=as_of, known_at=known_at)
        p["sight"] = list(sight.values_list("pk", flat=True))
    conditions += [sql for name, sql in CONDITIONS.items() if getattr(wanted, name)]
    conditions += _search(wanted, p, sees_all=viewer.sees_all)
    if wanted.open or (order and order.column == "open"):
        waiting = documents.waiting(viewer=viewer, known_at=known_at)
        p |= {"waiting": list(waiting), "counts": list(waiting.values())}
    for name, key, sql in (
        ("tasks", "with_tasks", FROM_TASKS),
        ("late", "with_late", FROM_LATE),
        ("programme", "on_programme", ON_PROGRAMME),
    ):
        if value := getattr(wanted, name):
            rows = standing.ask(sql, viewer=viewer, as_of=as_of, known_at=known_at, programme=value)
            p[key] = [pk for (pk,) in rows]
    source = "office_documentwords w" + (WAITING if order and order.column == "open" else "")
    return Statement(source, " and ".join(conditions), p)


def _parameters(wanted: Wanted, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> dict[str, Any]:
    return {
        "office": viewer.office_id,
        "as_of": as_of,
        "known_at": known_at or "infinity",
        "kind": wanted.kind.lower(),
        "issuer": search.order_key(wanted.issuer),
        "hierarchy": wanted.hierarchy,
        "issued_from": wanted.issued_from or None,
        "issued_to": wanted.issued_to or None,
        "received_from": wanted.received_from or None,
        "received_to": wanted.received_to or None,
        "incoming": search.order_key(wanted.incoming),
        "signer": f"%{_plain(folded(wanted.signer))}%",
        "link": wanted.link,
        "to": wanted.to.lower(),
        "to_key": search.order_key(wanted.to),
    }


def _plain(text: str) -> str:
    return text.replace("\\", "").replace("%", "").replace("_", "")


def _search(wanted: Wanted, p: dict[str, Any], *, sees_all: bool) -> list[str]:
    """Give the conditions of the words asked for: for those who do not see the whole office, in heads only.

    What a document says of other agencies is not theirs to read, so it is not theirs to find either.
    """
    if not wanted.q.strip():
        return []
    terms = search.asked(wanted.q)
    if not terms:
        return ["false"]
    conditions = []
    if sees_all:
        p["words"] = search.tsquery(terms)
        conditions.append("w.tokens @@ %(words)s::tsquery")
    for n, phrase in enumerate(search.phrases(terms, single=not sees_all)):
        p[f"phrase{n}"] = f"%{phrase}%"
        conditions.append(f"{'w.folded' if sees_all else 'w.head'} like %(phrase{n})s")
    return conditions


def count(wanted: Wanted, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> int:
    """Count the documents that fit a wish."""
    asked = statement(wanted, viewer=viewer, as_of=as_of, known_at=known_at)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {asked.source} where {asked.where}", asked.parameters)
        return int(cursor.fetchone()[0])


def page_query(
    wanted: Wanted,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    order: Order,
    place: Place,
    size: int | None,
    total: int | None = None,
) -> tuple[str, dict[str, Any]]:
    """Write the SQL of one page of a list: the documents that fit, one more than shown, from where it goes on.

    `total` says how many fit, where that was counted: the planner cannot know how rare the beginning of a word is.
    """
    asked = statement(wanted, viewer=viewer, as_of=as_of, known_at=known_at, order=order)
    columns = ORDERS[order.column][0]
    from_here = place.after if place.after is not None else place.before
    key = _key(from_here, asked, order) if from_here is not None else None
    down = order.descending != (key is not None and place.after is None)
    further = ""
    if key is not None:
        placed = ", ".join(f"%(place{n})s" for n in range(len(columns)))
        further = f" and ({', '.join(columns)}) {'<' if down else '>'} ({placed})"
    by_itself = wanted.q != "" and total is not None and total <= FEW
    first = f"coalesce({columns[0]}, {columns[0]})" if by_itself else columns[0]  # no index is in this order
    ordered = ", ".join(f"{column}{' desc' if down else ''}" for column in (first, *columns[1:]))
    limit = "" if size is None else " limit %(size)s"
    parameters = {**asked.parameters, "size": None if size is None else size + 1}
    parameters |= {f"place{n}": value for n, value in enumerate(key or ())}
    return (
        f"select w.document_id from {asked.source} where {asked.where}{further} order by {ordered}{limit}",
        parameters,
    )


def page(
    wanted: Wanted,
    *,
    viewer: Viewer,
    as_of: date,
    known_at: datetime | None,
    order: Order,
    place: Place,
    size: int | None = SIZE,
    total: int | None = None,
) -> Page:
    """Give a page of the documents that fit a wish, in an order; with the places of the words that were asked for.

    `total` is how many fit, if that is known already: a search for rare words is then the quicker for it.
    """
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    sql, parameters = page_query(wanted, **moment, order=order, place=place, size=size, total=total)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        ids = [pk for (pk,) in cursor.fetchall()]
    goes_on = "place0" in parameters
    backwards = goes_on and place.after is None
    more = size is not None and len(ids) > size
    ids = ids[:size] if more else ids
    if backwards:
        ids.reverse()
    found = _found(documents.rows_of(ids, **moment), wanted, viewer=viewer)
    has_before, has_after = (more, True) if backwards else (goes_on, more)
    return Page(found, ids[0] if ids and has_before else None, ids[-1] if ids and has_after else None)


def _key(document_id: int, asked: Statement, order: Order) -> tuple[Any, ...] | None:
    """Give the values by which a document stands in an order; None when it is not in the list."""
    columns = ", ".join(ORDERS[order.column][0])
    sql = f"select {columns} from {asked.source} where {asked.where} and w.document_id = %(from_here)s"
    with connection.cursor() as cursor:
        cursor.execute(sql, {**asked.parameters, "from_here": document_id})
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def _found(rows: list[DocumentRow], wanted: Wanted, *, viewer: Viewer) -> tuple[Found, ...]:
    terms = search.asked(wanted.q) if viewer.sees_all else ()
    if not terms:
        return tuple(Found(row) for row in rows)
    texts = dict(Document.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "text"))
    left = MOST_LETTERS
    found = []
    for row in rows:
        text = texts[row.id][: max(left, 0)]
        left -= len(text)
        found.append(Found(row, tuple(search.snippets(text, terms, most=MOST_SNIPPETS))))
    return tuple(found)


def choices(column: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[str]:
    """List the kinds, or the issuers, of the documents in a viewer's sight, each once, in the order of their keys."""
    asked = statement(Wanted(), viewer=viewer, as_of=as_of, known_at=known_at)
    key, name = {"kind": ("kind", "kind"), "issuer": ("issuer_key", "issuer_name")}[column]
    # Each key is looked up after the one before it: a step for each issuer, however many documents it issued.
    sql = f"""
        with recursive step as (
            (select w.{key} as key, w.header_id from {asked.source} where {asked.where} order by w.{key} limit 1)
            union all
            select further.key, further.header_id from step cross join lateral (
                select w.{key} as key, w.header_id from {asked.source} where {asked.where} and w.{key} > step.key
                order by w.{key} limit 1) further
        )
        select h.{name} from step join office_documentheader h on h.id = step.header_id
        where step.key <> '' order by step.key"""
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.parameters)
        return [name for (name,) in cursor.fetchall()]
