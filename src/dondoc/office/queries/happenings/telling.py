"""What a record about a duty says, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from dondoc.office.models import ExtensionVerdict, ObstacleEndKind, ProgressStepKind
from dondoc.office.queries.happenings.mended import Steps
from dondoc.office.queries.happenings.rows import Happening, ProductRow, Row
from dondoc.rules import urges
from dondoc.rules.lateness import LateRule
from dondoc.rules.text import vi_date

Words = tuple[str, tuple[str, ...]]


class Told:
    """The records of one duty as they are told, each in the light of the others of its entry."""

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        label: Callable[[str, date], str],
        called: Mapping[int, tuple[str, str]],
        as_of: date,
        rule: LateRule,
        in_full: bool,
    ) -> None:
        self._label, self._called, self._as_of, self._rule = label, called, as_of, rule
        self._in_full = in_full
        self._lists: dict[int, list[Row]] = {}
        self._entries: dict[int, dict[str, Row]] = {}
        bearers: list[Row] = []
        for row in rows:
            if not (row.kind == "state" and row.is_empty):
                self._entries.setdefault(row.entry_id, {}).setdefault(row.kind, row)
            if row.kind == "bearer":
                bearers.append(row)
            if row.kind == "list_put":
                self._lists.setdefault(row.entry_id, []).append(row)
        self._before = {later.id: earlier for later, earlier in pairwise(bearers)}
        self._steps = Steps(rows)

    def happening(self, row: Row) -> Happening | None:
        """Tell one record; None where another one of the same entry tells it along."""
        if self._is_told_along(row):
            return None
        title, details = getattr(self, f"_{row.kind}")(row)
        product = self._product(row)
        replacing = self._entries.get(row.replaced_in or 0, {})
        void = row.kind == "state" and row.replaced_in is not None and replacing.get("state") is not None
        void = void and replacing["state"].replaces is None
        restored = self._steps.is_restored(row)
        return Happening(
            id=row.id,
            kind=row.kind,
            on=row.on,
            recorded_at=row.recorded_at,
            actor=row.actor,
            title=title,
            before=self._before_it(row),
            details=tuple(each for each in details if each),
            note=self._note(row),
            document_id=row.said.get("document"),
            original_id=row.said.get("original"),
            original_name=row.said.get("filename") or "",
            product=product,
            to_state=row.said.get("to", ""),
            late_entry=0 if self._steps.says_no_day(row) else row.late_by(self._rule),
            is_correction=row.replaces is not None and not row.is_empty and not restored,
            is_withdrawn=row.is_empty,
            is_replaced=row.replaced_in is not None and not void,
            is_void=void,
            is_restored=restored,
            mended=self._mended(row) if not void else "",
            may_mend=self._steps.may_mend(row),
        )

    def _note(self, row: Row) -> str:
        """Give what somebody wrote; why a task came off a list is for the office's own people, who wrote it."""
        if row.kind == "list_off" and not self._in_full:
            return ""
        return row.said.get("note") or row.said.get("reason") or ""

    def _before_it(self, row: Row) -> str:
        """Say in which state a duty stood before a step, in the words of that day."""
        former = self._steps.before(row) if row.kind == "state" else None
        return self._label(former, row.on) if former else ""

    def _mended(self, row: Row) -> str:
        """Say of a step that was corrected what became of it, and why."""
        later = self._steps.instead(row)
        if later is None or (later.is_empty and later.replaced_in != later.entry_id):
            return ""
        words = {"reason": later.said["note"] or "–"}
        right = self._steps.instead(later) if later.is_empty else later
        if right is None:
            return _("Corrected to a later day. Reason: %(reason)s") % words
        words |= {"state": self._label(right.said["to"], right.on), "day": vi_date(right.on)}
        return _("Corrected: “%(state)s” since %(day)s. Reason: %(reason)s") % words

    def _is_told_along(self, row: Row) -> bool:
        entry = self._entries.get(row.entry_id, {})
        state = entry.get("state")
        if row.kind == "state" and row.is_empty:
            # Beside the step that turned out to be the last one, it only ends what came after; beside the right step
            # that replaces it, it only keeps the reason.
            return row.replaced_in == row.entry_id or (state is not None and state.replaces is None)
        if row.kind == "state" and row.said["from"] and "bearer" in entry:
            return True
        if state is not None and not state.said["from"]:
            return row.kind in {"due", "bearer", "list_put"}
        return row.kind == "due" and "extension_decided" in entry

    def _product(self, row: Row) -> ProductRow | None:
        issued_on = row.day("issued_on")
        return ProductRow(row.said["number"], issued_on, row.said["title"]) if issued_on else None

    def _agency(self, row: Row | None) -> str:
        return self._called.get(row.said["agency"], ("", ""))[0] if row is not None else ""

    def _state(self, row: Row) -> Words:
        label = self._label(row.said["to"], row.on)
        if row.is_empty:
            return _("The step “%(state)s” was withdrawn") % {"state": label}, ()
        if row.said["from"]:
            return label, ()
        entry = self._entries.get(row.entry_id, {})
        title, due = label, entry.get("due")
        if agency := self._agency(entry.get("bearer")):
            title = _("Assigned to %(agency)s") % {"agency": agency}
        stage = _("Stage: %(stage)s") % {"stage": row.said["stage"]} if row.said["stage"] else ""
        lists = [self._list_put(each)[0] for each in self._lists.get(row.entry_id, ())]
        return title, (stage, self._due(due)[0] if due is not None and due.said["last_day"] else "", *lists)

    def _stage_added(self, row: Row) -> Words:
        words = {"stage": row.said["stage"], "agency": self._agency(row)}
        title = _("The stage “%(stage)s” was put in before this one: %(agency)s") % words
        return title, (_("This stage waits for it from then on"),)

    def _due(self, row: Row) -> Words:
        day, words = row.day("last_day"), row.said["words"]
        title = _("Due day: %(day)s") % {"day": vi_date(day)} if day else _("No due day any more")
        return title, (words,)

    def _bearer(self, row: Row) -> Words:
        before = self._agency(self._before.get(row.id))
        words = {"before": before, "agency": self._agency(row)}
        if not before:
            return _("Owed by %(agency)s") % words, ()
        details = (_("To be acknowledged anew"),) if "state" in self._entries.get(row.entry_id, {}) else ()
        return _("Passed from %(before)s to %(agency)s") % words, details

    def _named(self, row: Row) -> Words:
        return _("%(person)s named to do the work") % {"person": row.said["person"]}, ()

    def _answered(self, row: Row) -> Words:
        said = (
            _("%(person)s has taken the work on")
            if row.said["kind"] == "taken_on"
            else _("%(person)s has sent the work back")
        ) % {"person": row.said["person"]}
        behalf = row.account_person != row.said["person_id"]
        return said, ((_("entered on behalf by %(name)s") % {"name": row.actor},) if behalf else ())

    def _extension_asked(self, row: Row) -> Words:
        words = {"n": row.said["number"], "day": vi_date(row.day("wanted") or row.on)}
        return _("Extension no. %(n)d asked for, until %(day)s") % words, ()

    def _extension_decided(self, row: Row) -> Words:
        granted = row.day("granted")
        words = {"n": row.said["number"], "verdict": ExtensionVerdict(row.said["verdict"]).label}
        due = (_("Due day: %(day)s") % {"day": vi_date(granted)},) if granted else ()
        return _("Extension no. %(n)d: %(verdict)s") % words, due

    def _obstacle_named(self, row: Row) -> Words:
        needed = row.day("needed_by")
        by = _("Must be gone by %(day)s") % {"day": vi_date(needed)} if needed else ""
        return _("Held up: %(who)s must remove it") % {"who": row.said["remover"]}, (by,)

    def _obstacle_ended(self, row: Row) -> Words:
        label = ObstacleEndKind(row.said["kind"]).label
        return _("No longer held up: %(how)s") % {"how": label}, (row.said["text"],)

    def _urged(self, row: Row) -> Words:
        kinds = {way.key: way.label for way in urges.kinds(on=self._as_of)}
        channels = {way.key: way.label for way in urges.channels(on=self._as_of)}
        answer_by = row.day("answer_by")
        words = {"n": row.said["number"], "kind": kinds.get(row.said["kind"], row.said["kind"])}
        by = _("To be answered by %(day)s") % {"day": vi_date(answer_by)} if answer_by else ""
        return _("Urged, no. %(n)d: %(kind)s") % words, (channels.get(row.said["channel"], row.said["channel"]), by)

    def _urge_received(self, row: Row) -> Words:
        by = _("Received by %(name)s") % {"name": row.said["by"]} if row.said["by"] else ""
        return _("Urge no. %(n)d was received") % {"n": row.said["number"]}, (by,)

    def _urge_answered(self, row: Row) -> Words:
        return _("Urge no. %(n)d was answered") % {"n": row.said["number"]}, ()

    def _product_named(self, row: Row) -> Words:
        return _("The product is to be: %(words)s") % {"words": row.said["words"]}, ()

    def _list_put(self, row: Row) -> Words:
        words = {"list": row.said["list"], "n": row.said["number"]}
        if row.said["number"]:
            return _("Put on the list “%(list)s”, no. %(n)s") % words, ()
        return _("Put on the list “%(list)s”") % words, ()

    def _list_off(self, row: Row) -> Words:
        words = {"list": row.said["list"]}
        if row.said["mistake"]:
            title = _("Taken off the list “%(list)s”: it was put there by mistake") % words
        else:
            title = _("Taken off the list “%(list)s”") % words
        return title, ()

    def _reminded(self, row: Row) -> Words:
        return _("Reminded of the due day %(day)s") % {"day": vi_date(row.day("due_on") or row.on)}, ()

    def _progress(self, row: Row) -> Words:
        said: dict[str, Any] = row.said
        words = {"period": said["period"], "what": ProgressStepKind(said["kind"]).label}
        details = (
            _("Nothing new in this period") if said["nothing_new"] else "",
            _("%(share)d%% done") % {"share": said["share"]} if said["share"] is not None else "",
            _("Difficulties: %(text)s") % {"text": said["difficulties"]} if said["difficulties"] else "",
            _("Next: %(text)s") % {"text": said["next_steps"]} if said["next_steps"] else "",
            _("entered from a paper, on behalf of the agency") if said["on_behalf"] else "",
        )
        return _("Progress, %(period)s: %(what)s") % words, details
