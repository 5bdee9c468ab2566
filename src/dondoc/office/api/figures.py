"""Numbers and the rows they count, as JSON: the same figures as on the pages, with the same rights."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from ninja.security import django_auth

from dondoc import __version__
from dondoc.office import figures
from dondoc.office.here import here_of

api = NinjaAPI(title="Đôn Đốc", version=__version__, auth=django_auth, docs_url=None, urls_namespace="api")


class Number(Schema):
    """One number: its key and arguments, its value (none: not recorded), its sentence, its day."""

    key: str
    arguments: dict[str, str]
    value: int | Decimal | None
    label: str
    sentence: str
    as_of: date
    known_at: datetime | None
    definition: str | None


class Unknown(Schema):
    """Why there is no answer."""

    detail: str


@api.get("/figures", response=list[Number])
def listing(request: HttpRequest, key: str | None = None) -> list[dict[str, Any]]:
    """List the numbers in sight on a day (`as_of`, `known_at`): all of them, or those of one key."""
    here = here_of(request)
    keys = (key,) if key in figures.FIGURES else ()
    if key and not keys:
        return []
    requests = figures.every(**here.moment, keys=keys)
    return [_number(number) for number in figures.values(requests, **here.moment)]


@api.get("/figures/{key}/rows", response={200: list[dict[str, Any]], 404: Unknown})
def rows(request: HttpRequest, key: str) -> tuple[int, Any]:
    """List the rows that a number counts; its arguments stand in the address."""
    here = here_of(request)
    if key not in figures.FIGURES:
        return 404, {"detail": f"no figure {key}"}
    arguments = {name: request.GET[name] for name in figures.figure(key).takes if name in request.GET}
    found = figures.rows(key, **here.moment, arguments=arguments)
    return 200, [asdict(row) for row in found]


def _number(number: figures.FigureValue) -> dict[str, Any]:
    plain = {field.name: getattr(number, field.name) for field in fields(number)}
    return {**plain, "arguments": dict(number.arguments)}
