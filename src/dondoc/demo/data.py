"""What the demo offices are made of: the files of `data/`, read as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

import yaml

OFFICES = ("cantho", "backan")
LOCAL = timezone(timedelta(hours=7))
END_OF_DAY = "16:30"


@dataclass(frozen=True, slots=True)
class Account:
    """A log-in of the demo: open to anybody who reads this, as the demo answers on its own machine only."""

    office: str
    username: str
    password: str
    full_name: str
    role: str
    agency: str | None


class _Loader(yaml.SafeLoader):
    """YAML in which "on" is a word, and only true and false are truth values."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(office: str, name: str) -> Any:
    """Read one file of an office; a file that the office does not have is empty."""
    path = files("dondoc.demo").joinpath("data", office, f"{name}.yaml")
    if not path.is_file():
        return {}
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506  a safe loader, less one habit


def content(office: str, folder: str, name: str) -> bytes:
    """Give the bytes of a document or of a piece of evidence."""
    return files("dondoc.demo").joinpath("data", office, folder, name).read_bytes()


def instant(written: str) -> datetime:
    """Turn an instant as the files write it, in the time of Vietnam, into one that can be compared."""
    return datetime.fromisoformat(written).replace(tzinfo=LOCAL)


def evening(day: date) -> datetime:
    """Give the instant at which the office writes down what happened on a day, unless the files say otherwise."""
    return instant(f"{day}T{END_OF_DAY}")


def accounts(office: str | None = None) -> list[Account]:
    """List the log-ins of one demo office, or of all of them."""
    keys = OFFICES if office is None else (office,)
    return [_account(key, row) for key in keys for row in (*read(key, "office")["accounts"]["rows"], *_last(key))]


def _last(office: str) -> list[list[str]]:
    last = read(office, "last")
    return [last["account"]] if last else []


def _account(office: str, row: list[str]) -> Account:
    username, password, full_name, role, *agency = row
    return Account(office, username, password, full_name, role, agency[0] if agency else None)
