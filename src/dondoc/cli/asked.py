"""What a command was asked for: as whom, which offices, which day, and what was known when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.cli.office import refuse

if TYPE_CHECKING:
    from dondoc.office.access import Viewer


# The options that every reading command has, in the same words.
AsOf = Annotated[str, typer.Option(metavar="DAY", help="Tại ngày (2023-12-02); để trống là hôm nay.")]
KnownAt = Annotated[
    str, typer.Option(metavar="INSTANT", help="Theo những gì đã ghi đến thời điểm này (ngày hoặc ngày giờ).")
]
AsUser = Annotated[
    str, typer.Option("--as", metavar="USER", help="Như tài khoản này nhìn thấy; để trống là tất cả trên máy này.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: whose sight of which office, for which day, with what was known when."""

    office: str
    viewer: Viewer
    as_of: date
    known_at: datetime | None
    today: date


def asked_for(as_of: str, known_at: str, username: str) -> list[Asked]:
    """Read these options; without a user all offices of this machine are in sight."""
    from django.utils import timezone

    from dondoc.office.access import operator_of
    from dondoc.office.queries import history, people

    today = timezone.localdate()
    day = day_written(as_of) if as_of else today
    instant = _instant(known_at, today=today) if known_at else None
    if username:
        account = people.account(username)
        if account is None:
            refuse(f"Không có tài khoản “{username}”.")
        seen = [
            (office, people.viewer_for(account, office, on=today)) for office in people.offices_of(account, on=today)
        ]
    else:
        seen = [(office, operator_of(office)) for office in people.offices()]
    if instant is not None:
        for office, _viewer in seen:
            history.settle(office.pk, instant)
    return [Asked(office.key, viewer, day, instant, today) for office, viewer in seen]


def day_written(written: str) -> date:
    """Read a day as it is typed on the command line."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        refuse(f"“{written}” không phải là ngày: hãy viết như 2023-12-02.")


def _instant(written: str, *, today: date) -> datetime | None:
    """A day alone means its end; today's end has not come yet, so it means now."""
    from django.utils import timezone

    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        refuse(f"“{written}” không phải là thời điểm: hãy viết như 2023-12-03 hoặc 2023-12-03T17:00.")
    if len(written) == len("2023-12-03"):
        if found.date() == today:
            return None
        found = datetime.combine(found.date(), time.max)
    return found if timezone.is_aware(found) else timezone.make_aware(found)
