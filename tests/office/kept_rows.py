"""Rows that an earlier test of this run made through the actions, kept as they came out and put in again.

Building the two small offices takes longer than most tests that begin from them. The first test of a process builds
them; the others get the same rows with the same keys, in the transaction of their own that is undone at their end.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection, models

T = TypeVar("T")
Model = type[models.Model]


@dataclass(frozen=True)
class Kept(Generic[T]):
    """What was made, and the new rows of each table, parents first, as PostgreSQL writes them."""

    made: T
    tables: tuple[tuple[Model, bytes], ...]

    def put_in(self) -> T:
        """Write the rows once more and give what was made, as if it had just been made."""
        with connection.cursor() as cursor:
            for model, rows in self.tables:
                with cursor.copy(f"copy {model._meta.db_table} ({_columns(model)}) from stdin") as copy:
                    copy.write(rows)
        return deepcopy(self.made)


def keep(make: Callable[[], T]) -> Kept[T]:
    """Make something, and keep what it wrote."""
    tables = _parents_first()
    before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in tables}
    made = make()
    return Kept(made, tuple((model, rows) for model in tables if (rows := _new(model, before[model]))))


def _new(model: Model, before: set[Any]) -> bytes:
    """The rows of a table that were not there before, in the form in which COPY reads them again."""
    table, key = model._meta.db_table, model._meta.pk.column
    added = [pk for pk in model._base_manager.order_by("pk").values_list("pk", flat=True) if pk not in before]
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"copy (select {_columns(model)} from {table} where {key} = any(%s) order by {key}) to stdout", [added]
        ) as copy,
    ):
        return b"".join(copy)


def _columns(model: Model) -> str:
    """The columns that are written; PostgreSQL works the generated ones out again."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return ", ".join(connection.ops.quote_name(field.column) for field in fields)


def _parents_first() -> list[Model]:
    """The tables in an order in which the rows that others point to come first."""
    found: dict[Model, None] = {}
    begun: set[Model] = set()

    def go(model: Model) -> None:
        if model in begun:
            return
        begun.add(model)
        for field in model._meta.concrete_fields:
            if isinstance(field.related_model, type):
                go(field.related_model)
        found[model] = None

    for model in apps.get_app_config("office").get_models():
        go(model)
    return [model for model in found if model._meta.app_label == "office"]
