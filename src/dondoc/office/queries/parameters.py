"""Parameters of the rules as they hold in an office: its own value where it laid one down, else the program's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from dondoc.office.access import Refused, Viewer
from dondoc.office.models import OfficeParameter
from dondoc.office.models.facts import known, late_by, latest, recorded
from dondoc.office.models.history import opened_on
from dondoc.rules import lateness
from dondoc.rules import parameters as rules
from dondoc.rules.calendar import DayNotCovered
from dondoc.rules.deadlines import SETTING, DueDaySetting, DueRule, last_day, occurrences, setting_of
from dondoc.rules.lateness import LateRule, OwnDays
from dondoc.rules.parameters import Setting


class NoSuchParameter(Refused):
    """The rules have no parameter of this name."""


class TermNotCovered(Refused):
    """A term in working days reaches beyond the years whose days off are recorded."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A value that was laid down for a parameter: by the office, or by the data of the program.

    `late_entry` says by how many days the office's own was entered late.
    """

    value: str
    since: date
    source: str
    sure: bool
    is_own: bool
    recorded_by: str = ""
    recorded_at: datetime | None = None
    is_replaced: bool = False
    late_entry: int = 0


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A parameter on a day: what it says, what holds, and every value that was ever laid down, the newest first."""

    key: str
    says: str
    unit: str
    holds: Laid
    program: Laid
    history: tuple[Laid, ...]


def values(keys: Iterable[str], *, office_id: int, on: date, known_at: datetime | None) -> dict[str, Setting]:
    """Give some parameters as they hold in an office on a day: one query, whatever their number."""
    wanted = list(keys)
    own: dict[str, Setting] = {}
    rows = OfficeParameter.objects.filter(office_id=office_id, key__in=wanted)
    for row in latest(rows, as_of=on, known_at=known_at):
        own.setdefault(row.key, _plain(row.value))
    return {key: own[key] if key in own else rules.parameter(key, on=on).value for key in wanted}


def value(key: str, *, office_id: int, on: date, known_at: datetime | None) -> Setting:
    """Give a parameter as it holds in an office on a day: its own value, else that of the rules."""
    return values([key], office_id=office_id, on=on, known_at=known_at)[key]


def whole_number(key: str, *, office_id: int, on: date, known_at: datetime | None) -> int:
    """Give a parameter that is a whole number as it holds in an office on a day."""
    found = value(key, office_id=office_id, on=on, known_at=known_at)
    if isinstance(found, bool) or not isinstance(found, int):
        raise rules.UnknownParameter(key, "không phải là số nguyên")
    return found


def whole_numbers(key: str, *, office_id: int, on: date, known_at: datetime | None) -> tuple[int, ...]:
    """Give a parameter that is a list of whole numbers as it holds in an office on a day."""
    found = value(key, office_id=office_id, on=on, known_at=known_at)
    if not isinstance(found, tuple):
        raise rules.UnknownParameter(key, "không phải là danh sách số nguyên")
    return found


def late_rule(*, viewer: Viewer, known_at: datetime | None) -> LateRule:
    """Give after how many days an entry is late in the viewer's office, for every day of entering.

    Asks nothing where it was read with the viewer's rights, as it is for every page.
    """
    own = viewer.late_days
    if own is None:
        rows = late_days(OfficeParameter.objects.filter(office_id=viewer.office_id))
        own = as_own_days(rows.values_list("stored", flat=True))
    return lateness.late_rule(own, known_at=known_at)


def late_days(rows: QuerySet[OfficeParameter]) -> QuerySet[OfficeParameter]:
    """Of the parameters of some office, ask for all that was ever laid down about late entries (`stored`, JSON)."""
    stored = JSONObject(
        days="value",
        from_on="effective_on",
        until_on="until_on",
        recorded_at="recorded_at",
        replaced_at="replaced_by__recorded_at",
    )
    return rows.filter(key=lateness.KEY).annotate(stored=stored)


def as_own_days(stored: Iterable[Mapping[str, Any]]) -> tuple[OwnDays, ...]:
    """Turn what `late_days` asked for into what the rule takes."""
    return tuple(
        OwnDays(
            days=row["days"],
            from_on=date.fromisoformat(row["from_on"]),
            until_on=date.fromisoformat(row["until_on"]) if row["until_on"] else None,
            recorded_at=datetime.fromisoformat(row["recorded_at"]),
            replaced_at=datetime.fromisoformat(row["replaced_at"]) if row["replaced_at"] else None,
        )
        for row in stored
    )


def due_day_setting(*, office_id: int, on: date, known_at: datetime | None) -> DueDaySetting:
    """Give how an office understands the end of a due day, on a day."""
    return setting_of(values(SETTING, office_id=office_id, on=on, known_at=known_at))


def last_day_of(rule: DueRule, *, setting: DueDaySetting, since: date) -> date | None:
    """Give the last day that is written beside a due rule; of a recurring one that of its first round since a day.

    A day beyond the years whose days off are recorded stays as it is written: nobody knows yet whether it is one.
    """
    kept = DueDaySetting(setting.before_counts, moves_to_working_day=False, ends_at=setting.ends_at)
    if rule.kind == "recurring":
        assert rule.on is not None  # the rule itself refuses to be without
        begin = max(rule.on, since)
        until = date(begin.year + 3, 1, 1)
        try:
            rounds = occurrences(rule, from_on=begin, until_on=until, setting=setting)
        except DayNotCovered:
            rounds = occurrences(rule, from_on=begin, until_on=until, setting=kept)
        return rounds[0] if rounds else rule.on
    try:
        return last_day(rule, setting=setting)
    except DayNotCovered as refusal:
        if rule.after is not None and rule.after.unit == "working_day":
            raise TermNotCovered(str(refusal)) from refusal
        return last_day(rule, setting=kept)


def listed(*, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[ParameterRow]:
    """List all parameters as they hold in the viewer's office on a day, with every value that was laid down."""
    found = OfficeParameter.objects.filter(office_id=viewer.office_id)
    standing = set(known(found, known_at=known_at).values_list("pk", flat=True))
    own: dict[str, list[OfficeParameter]] = {}
    rows = recorded(found, known_at=known_at).select_related("entry")
    for row in rows.order_by("-effective_on", "-recorded_at", "-id"):
        own.setdefault(row.key, []).append(row)
    program: dict[str, list[rules.Value]] = {}
    for each in rules.parameters():
        program.setdefault(each.key, []).append(each)
    late = _late_entries(own, viewer=viewer, known_at=known_at)
    return [_row(key, own.get(key, []), theirs, standing, late, as_of=as_of) for key, theirs in program.items()]


def _late_entries(
    own: Mapping[str, list[OfficeParameter]], *, viewer: Viewer, known_at: datetime | None
) -> dict[int, int]:
    """Say by how many days each value was entered late; one that was mended for its source alone as when first said."""
    if not own:
        return {}
    rule, opened = late_rule(viewer=viewer, known_at=known_at), opened_on(viewer.office_id)
    rows = {row.pk: row for same in own.values() for row in same}

    def first(row: OfficeParameter) -> OfficeParameter:
        former = rows.get(row.replaces_id or 0)
        return first(former) if former is not None and former.value == row.value else row

    return {row.pk: late_by(max(row.effective_on, opened), first(row).recorded_at, rule) for row in rows.values()}


def _row(
    key: str,
    own: list[OfficeParameter],
    program: list[rules.Value],
    standing: set[int],
    late: Mapping[int, int],
    *,
    as_of: date,
) -> ParameterRow:
    ours = [_own(row, late[row.pk], is_replaced=row.pk not in standing) for row in own]
    theirs = [Laid(rules.written(v.value), v.from_on, v.source, v.sure, is_own=False) for v in reversed(program)]
    default = next((laid for laid in theirs if laid.since <= as_of), theirs[-1])
    in_force = [_own(row, late[row.pk]) for row in own if row.pk in standing and row.holds_on(as_of)]
    return ParameterRow(
        key=key,
        says=program[-1].says,
        unit=program[-1].unit,
        holds=in_force[0] if in_force else default,
        program=default,
        history=(*ours, *theirs),
    )


def _own(row: OfficeParameter, late: int, *, is_replaced: bool = False) -> Laid:
    return Laid(
        value=rules.written(_plain(row.value)),
        since=row.effective_on,
        source=row.source,
        sure=True,
        is_own=True,
        recorded_by=row.entry.actor_name,
        recorded_at=row.recorded_at,
        is_replaced=is_replaced,
        late_entry=late,
    )


def parameter(key: str, *, viewer: Viewer, as_of: date, known_at: datetime | None) -> ParameterRow:
    """Give one parameter as it holds in the viewer's office on a day."""
    found = {row.key: row for row in listed(viewer=viewer, as_of=as_of, known_at=known_at)}
    if key not in found:
        raise NoSuchParameter(_("There is no such parameter. Choose one from the list."))
    return found[key]


def _plain(stored: object) -> Setting:
    """Turn a value as it is stored (a list for a tuple) into one of the rules."""
    return cast(Setting, tuple(stored) if isinstance(stored, list) else stored)


def as_stored(setting: Setting) -> object:
    """Turn a value of the rules into one that can be stored."""
    return list(setting) if isinstance(setting, tuple) else setting
