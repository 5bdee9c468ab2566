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

SCHEMAS: dict[str, dict[str, Any]] = {
    "record": {"type": "integer", "minimum": 1},
    "day": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "choice": {"type": "string"},
    "text": {"type": "string", "maxLength": 300},
}


def described() -> list[dict[str, Any]]:
    """Describe in the schema what numbers can be asked for: each name with its type, and which numbers take it."""
    found: dict[str, dict[str, Any]] = {
        "as_of": {"schema": SCHEMAS["day"], "description": "the day; today where it is left out"},
        "known_at": {
            "schema": {"type": "string", "format": "date-time"},
            "description": "only what had been recorded by then counts; everything where it is left out",
        },
    }
    for key, definition in sorted(figures.FIGURES.items()):
        for name, argument in definition.arguments.items():
            one = found.setdefault(name, {"schema": dict(SCHEMAS[argument.kind]), "description": ""})
            one["description"] += f"{', ' if one['description'] else ''}{key}"
            if argument.choices:
                one["schema"]["enum"] = sorted({*one["schema"].get("enum", []), *argument.choices})
    return [{"in": "query", "name": name, "required": False, **said} for name, said in sorted(found.items())]


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


class Asked(Schema):
    """What a number can be asked for: a name, its type, what it means, and what it can be chosen from."""

    name: str
    type: str
    says: str
    choices: list[str]
    is_needed: bool


class Definition(Schema):
    """A number of the registry: its key, what it counts, its unit, and what it can be asked for."""

    key: str
    says: str
    unit: str
    arguments: list[Asked]


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


@api.get("/figures/definitions", response=list[Definition])
def definitions(request: HttpRequest) -> list[dict[str, Any]]:
    """List what numbers there are, and what each can be asked for."""
    return [
        {
            "key": key,
            "says": _(definition.says),
            "unit": definition.unit,
            "arguments": [
                {
                    "name": name,
                    "type": argument.kind,
                    "says": _(argument.says),
                    "choices": list(argument.choices),
                    "is_needed": name in definition.needs,
                }
                for name, argument in definition.arguments.items()
            ],
        }
        for key, definition in sorted(figures.FIGURES.items())
    ]


@api.get("/figures/{key}", response={200: Number, 404: Unknown}, openapi_extra={"parameters": described()})
def single(request: HttpRequest, key: str) -> Status[Any]:
    """Give one number; its arguments stand in the address, each of the type that its definition declares."""
    here = here_of(request)
    if key not in figures.FIGURES:
        return _unknown(key)
    return Status(200, _number(figures.value(key, **here.moment, arguments=_arguments(request, key))))


@api.get(
    "/figures/{key}/rows",
    response={200: list[dict[str, Any]], 404: Unknown},
    openapi_extra={"parameters": described()},
)
def rows(request: HttpRequest, key: str) -> Status[Any]:
    """List the rows that a number counts; its arguments stand in the address."""
    here = here_of(request)
    if key not in figures.FIGURES:
        return _unknown(key)
    arguments = _arguments(request, key)
    number = figures.value(key, **here.moment, arguments=arguments)
    found = figures.rows(key, **here.moment, arguments=arguments) if number.value is not None else []
    return Status(200, [asdict(row) for row in found])


def _arguments(request: HttpRequest, key: str) -> dict[str, str]:
    return {name: given for name in figures.figure(key).takes if (given := request.GET.get(name))}


def _unknown(key: str) -> Status[Any]:
    return Status(404, {"detail": _("There is no number “%(key)s”.") % {"key": key}})


def _number(number: figures.FigureValue) -> dict[str, Any]:
    plain = {field.name: getattr(number, field.name) for field in fields(number)}
    return {**plain, "arguments": dict(number.arguments)}
