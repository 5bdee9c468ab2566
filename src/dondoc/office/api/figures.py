"""Numbers and the rows they count, as JSON: the same figures as on the pages, with the same rights."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.responses import Status
from ninja.security import django_auth

from dondoc import __version__
from dondoc.office import figures
from dondoc.office.access import Refused
from dondoc.office.here import here_of

api = NinjaAPI(
    title="Đôn Đốc",
    version=__version__,
    auth=django_auth,
    docs_url=None,
    docs_decorator=login_required,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Say a refusal in its own words."""
    return api.create_response(request, {"detail": str(refusal)}, status=403)


class Number(Schema):
    """One number: its key and arguments, its value (none: not recorded), its sentence, its day."""

    key: str
    arguments: dict[str, str]
    value: int | float | None
    label: str
    sentence: str
    as_of: date
    known_at: datetime | None
    definition: str | None


class Unknown(Schema):
    """Why there is no answer."""

    detail: str


@api.get("/figures", response={200: list[Number], 404: Unknown})
def listing(request: HttpRequest, key: str | None = None) -> Status[Any]:
    """List the numbers in sight on a day (`as_of`, `known_at`): all of them, or those of one key."""
    here = here_of(request)
    if key is not None and key not in figures.FIGURES:
        return _unknown(key)
    requests = figures.every(**here.moment, keys=(key,) if key is not None else ())
    return Status(200, [_number(number) for number in figures.values(requests, **here.moment)])


@api.get("/figures/{key}/rows", response={200: list[dict[str, Any]], 404: Unknown})
def rows(request: HttpRequest, key: str) -> Status[Any]:
    """List the rows that a number counts; its arguments stand in the address."""
    here = here_of(request)
    if key not in figures.FIGURES:
        return _unknown(key)
    arguments = {name: given for name in figures.figure(key).takes if (given := request.GET.get(name))}
    number = figures.value(key, **here.moment, arguments=arguments)
    found = figures.rows(key, **here.moment, arguments=arguments) if number.value is not None else []
    return Status(200, [asdict(row) for row in found])


def _unknown(key: str) -> Status[Any]:
    return Status(404, {"detail": _("There is no number “%(key)s”.") % {"key": key}})


def _number(number: figures.FigureValue) -> dict[str, Any]:
    plain = {field.name: getattr(number, field.name) for field in fields(number)}
    return {**plain, "arguments": dict(number.arguments)}
