"""From which documents work comes, through which tasks, and to which agencies it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dondoc.office import charts, figures
from dondoc.office.access import Viewer
from dondoc.office.charts import Node, Ribbon
from dondoc.office.charts.looks import ORDER, class_words
from dondoc.office.figures.pictures import STANDING, Standing, chosen, source
from dondoc.office.figures.registry import FigureValue, Request
from dondoc.office.queries.pictures import Piece
from dondoc.office.reports.blocks import Chart, Column, FigureRun, Row, Table, Text
from dondoc.office.reports.board import Scope
from dondoc.office.reports.pictures.over_days import nothing_words
from dondoc.rules.text import vi_date, vi_date_in_text

DOCUMENTS, TASKS, AGENCIES = 6, 25, 16
"""Nodes in a column: of documents and agencies the largest have their own, and the rest share one. Where there are more
tasks, their duties are drawn together by the class of their states."""
DUTIES = 6  # of a task, at most, where each task is to have a node
REST = "rest"
LETTERS = 20


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A ribbon before it is drawn: its two nodes, its number."""

    begin: str
    end: str
    figure: FigureValue
    state_class: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    """The nodes of a column: for each its key, its name, and what a figure must be asked for it."""

    names: Mapping[str, str]
    asks: Mapping[str, Mapping[str, str]]
    node_of: Mapping[str, str]


def flow(scope: Scope, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> Chart:
    """Draw the duties of a day from the documents that assign them, through the tasks, to the agencies."""
    moment: dict[str, Any] = {"viewer": viewer, "as_of": as_of, "known_at": known_at}
    # All that is from one document begins there, whichever document gave its tasks first.
    by_document = scope.arguments if scope.kind == "document" else {**scope.arguments, "whence_but": "0"}
    read = source(**moment, only=[by_document])
    pieces = _pieces(read, scope)
    if sum(_by(pieces, "agency").values()) <= TASKS * DUTIES:  # else there are too many tasks for a node each
        read = source(**moment, only=[{**by_document, "task": "0"}])
        pieces = _pieces(read, scope)
    title = _("From document to task to agency, on %(day)s") % {"day": vi_date_in_text(as_of)}
    heads = (
        Column(pgettext("chart", "From"), "start", 5),
        Column(pgettext("chart", "To"), "start", 5),
        Column(pgettext("chart", "State"), "start", 3),
        Column(pgettext("chart", "Duties"), "end", 1),
    )
    if not pieces:
        return Chart(charts.nothing(nothing_words(as_of)), title, "", Table(heads, ()))
    columns = _columns(pieces, read, scope)
    ways = Counter[tuple[str, str, str, str]]()
    for piece in pieces:
        task = str(piece.task) if str(piece.task) in columns[1].node_of else piece.state_class
        keys = (str(piece.whence), task, str(piece.agency))
        found = [column.node_of[key] for column, key in zip(columns, keys, strict=True)]
        ways[found[0], found[1], found[2], piece.state_class] += piece.n
    left, right = _ribbons(columns, list(ways), scope, read, moment)
    nodes = [[Node(key, _short(key, name, read)) for key, name in column.names.items()] for column in columns]
    spec = charts.flow(_in_order(nodes, left, right), [*map(_ribbon, left)], [*map(_ribbon, right)])
    names = {key: name for column in columns for key, name in column.names.items()}
    return Chart(spec, title, _alt(nodes, as_of), Table(heads, _rows([*left, *right], names)))


def _pieces(read: Standing, scope: Scope) -> list[Piece]:
    wanted = chosen(scope.arguments)
    return [piece for each in read.pieces.values() for piece in each or () if piece.fits(wanted)]


def _short(key: str, name: str, read: Standing) -> str:
    """Give an agency whose name is too long for the edge of the picture the name by which offices call it."""
    is_agency = key[0] == "a" and key[1:].isdecimal()
    return read.short.get(int(key[1:]), name) if is_agency and len(name) > LETTERS else name


def _ribbon(drawn: _Drawn) -> Ribbon:
    return Ribbon(drawn.begin, drawn.end, int(drawn.figure.value or 0), drawn.figure.url, drawn.state_class)


def _columns(pieces: Sequence[Piece], read: Standing, scope: Scope) -> tuple[_Column, _Column, _Column]:
    """Choose the nodes: the largest documents and agencies by themselves, tasks as long as there is room for each."""
    tasks = {piece.task for piece in pieces}
    words: Mapping[str, str] = {str(key): text for key, text in class_words().items()}
    if len(tasks) <= TASKS and 0 not in tasks:
        middle = {f"t{pk}": read.tasks.get(pk, "") for pk in sorted(tasks)}
        asks = {f"t{pk}": {"task": str(pk)} for pk in tasks}
        second = _Column(middle, asks, {str(pk): f"t{pk}" for pk in tasks})
    else:
        used = [c for c in ORDER if any(piece.state_class == c for piece in pieces)]
        second = _Column(
            {f"t{c}": words[c].capitalize() for c in used},
            {f"t{c}": {"standing": c} for c in used},
            {c: f"t{c}" for c in used},
        )
    return (
        _documents(pieces, read, scope),
        second,
        _largest("agency", read.agencies, _by(pieces, "agency"), most=AGENCIES, others=_("other agencies")),
    )


def _documents(pieces: Sequence[Piece], read: Standing, scope: Scope) -> _Column:
    """Choose the documents: those that gave the tasks first, or the one whose tasks are drawn."""
    if scope.kind == "document":
        return _Column({"d": read.documents[int(scope.key)]}, {"d": {}}, {"0": "d"})
    names = {pk: read.documents.get(pk) or _("entered by hand") for pk in {piece.whence for piece in pieces}}
    return _largest("whence", names, _by(pieces, "whence"), most=DOCUMENTS, others=_("other documents"))


def _by(pieces: Sequence[Piece], name: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for piece in pieces:
        key = getattr(piece, name)
        found[key] = found.get(key, 0) + piece.n
    return found


def _largest(argument: str, names: Mapping[int, str], sizes: Mapping[int, int], *, most: int, others: str) -> _Column:
    prefix = "a" if argument == "agency" else "d"
    ranked = sorted(sizes, key=lambda pk: (-sizes[pk], pk))
    own, rest = (ranked, []) if len(ranked) <= most else (ranked[: most - 1], ranked[most - 1 :])
    shown = {f"{prefix}{pk}": names.get(pk, "") for pk in own}
    asks = {f"{prefix}{pk}": {argument: str(pk)} for pk in own}
    node_of = {str(pk): f"{prefix}{pk}" for pk in own}
    if rest:
        shown[f"{prefix}{REST}"] = others
        asks[f"{prefix}{REST}"] = {"agencies_but" if argument == "agency" else "whence_but": ",".join(map(str, own))}
        node_of |= {str(pk): f"{prefix}{REST}" for pk in rest}
    return _Column(shown, asks, node_of)


def _ribbons(
    columns: Sequence[_Column],
    ways: Sequence[tuple[str, str, str, str]],
    scope: Scope,
    read: Standing,
    moment: Mapping[str, Any],
) -> tuple[list[_Drawn], list[_Drawn]]:
    """Ask the figure for each ribbon: between a document and a task, and between a task and an agency in a class."""
    first, second, third = (column.asks for column in columns)
    lefts = sorted({(document, task) for document, task, _agency, _class in ways})
    rights = sorted({(task, agency, state_class) for _document, task, agency, state_class in ways})
    requests: list[Request] = [
        (STANDING.key, {**scope.arguments, **first[document], **second[task]}) for document, task in lefts
    ]
    requests += [
        (STANDING.key, {**scope.arguments, **second[task], **third[agency], "standing": state_class})
        for task, agency, state_class in rights
    ]
    found = figures.values(requests, **moment, given={source: read})
    return (
        [_Drawn(*ends, figure) for ends, figure in zip(lefts, found, strict=False)],
        [
            _Drawn(task, agency, figure, state_class)
            for (task, agency, state_class), figure in zip(rights, found[len(lefts) :], strict=True)
        ],
    )


def _in_order(
    nodes: Sequence[Sequence[Node]], left: Sequence[_Drawn], right: Sequence[_Drawn]
) -> tuple[list[Node], list[Node], list[Node]]:
    """Order tasks by their documents and agencies, and agencies by their tasks, so that few ribbons cross."""
    documents, tasks, bearers = (list(column) for column in nodes)
    if any(node.key[1:] in ORDER for node in tasks):  # classes of states have an order of their own
        return documents, tasks, _sorted(bearers, _middles(right, tasks))
    for _sweep in range(2):
        by_document = _middles(left, documents)
        by_agency = _middles([_Drawn(each.end, each.begin, each.figure) for each in right], bearers)
        tasks.sort(key=lambda node: (by_document[node.key], by_agency[node.key], node.key))
        bearers = _sorted(bearers, _middles(right, tasks))
    return documents, tasks, bearers


def _sorted(nodes: Sequence[Node], middles: Mapping[str, float]) -> list[Node]:
    return sorted(nodes, key=lambda node: (node.key.endswith(REST), middles[node.key], node.key))


def _middles(ribbons: Sequence[_Drawn], before: Sequence[Node]) -> dict[str, float]:
    """Give for each node where, on the average, its ribbons come from."""
    places = {node.key: at for at, node in enumerate(before)}
    found: dict[str, list[tuple[int, int]]] = {}
    for each in ribbons:
        found.setdefault(each.end, []).append((places[each.begin], int(each.figure.value or 0)))
    return {key: sum(at * n for at, n in pairs) / max(1, sum(n for _at, n in pairs)) for key, pairs in found.items()}


def _rows(found: Sequence[_Drawn], names: Mapping[str, str]) -> tuple[Row, ...]:
    words: Mapping[str, str] = {str(key): text for key, text in class_words().items()}
    return tuple(
        Row(
            (
                (Text(names[each.begin]),),
                (Text(names[each.end]),),
                (Text(words[each.state_class]),) if each.state_class else (),
                (FigureRun(each.figure),),
            )
        )
        for each in found
    )


def _alt(nodes: Sequence[Sequence[Node]], as_of: date) -> str:
    """Say which document and which agency come first."""
    return _("On %(day)s, most duties come from: %(document)s; most go to: %(agency)s.") % {
        "day": vi_date(as_of),
        "document": nodes[0][0].name,
        "agency": nodes[2][0].name,
    }
