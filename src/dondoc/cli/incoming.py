"""Files on their way into the register from the command line: found, put in one by one, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dondoc.cli.office import refuse

if TYPE_CHECKING:
    from dondoc.office.access import Actor
    from dondoc.office.queries.deliveries import FileRow

NOT_MEANT = ("thumbs.db", "desktop.ini")
UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download")
STOPPED = 130


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: where it lies, and under which name it comes in."""

    path: Path
    name: str


def is_meant(path: Path) -> bool:
    """Whether a file is one that somebody put there: no hidden, lock or half-copied one."""
    name = path.name
    return not (name.startswith((".", "~$")) or name.lower() in NOT_MEANT or name.lower().endswith(UNFINISHED))


def files_of(given: Sequence[Path]) -> list[Found]:
    """Find the files that are meant: those named, and those in the folders named and below, in the order of names."""
    found: dict[Path, Found] = {}
    for path in given:
        if path.is_dir():
            for one in _below(path):
                found.setdefault(one.resolve(), Found(one, _written(one.relative_to(path).as_posix())))
        else:
            found.setdefault(path.resolve(), Found(path, _written(path.name)))
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
            yield from _below(path)
        elif path.is_file() and is_meant(path):
            yield path


def _written(name: str) -> str:
    """Write a name that the machine holds in letters of another time so that it can be kept."""
    return name.encode("utf-8", "replace").decode()


def named(given: Sequence[Path]) -> str:
    """Name a delivery after what was given, so that the same command goes on where it was stopped."""
    first = _written(str(given[0].resolve()))
    return first if len(given) == 1 else f"{first} (+{len(given) - 1})"


@dataclass
class Intake:
    """Puts files in for somebody and says of each what became of it; `day` is when they came, or else today."""

    actor: Actor
    day: date | None
    console: Console = field(default_factory=Console)
    counts: Counter[str] = field(default_factory=Counter)

    def take_all(self, found: Sequence[Found], *, name: str) -> int:
        """Put files in as one delivery, with a bar; gives the exit code."""
        from dondoc.office.access import Refused

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        try:
            delivery_id = self._delivery(name, expected=len(found))
            with Progress(*columns, console=self.console, disable=not self.console.is_terminal) as progress:
                bar = progress.add_task("Đang đưa vào", total=len(found))
                for number, one in enumerate(found, 1):
                    self.say(self.take(delivery_id, one), one, number)
                    progress.advance(bar)
        except KeyboardInterrupt:
            self.console.print("Đã dừng. Chạy lại đúng lệnh này để làm tiếp; tệp đã nhận không phải đọc lại.")
            return STOPPED
        except Refused as refusal:
            refuse(str(refusal))
        self.summary()
        return 1 if self.counts["refused"] or self.counts["secret"] else 0

    def _delivery(self, name: str, *, expected: int) -> int:
        from dondoc.office.actions.deliveries import open_delivery
        from dondoc.office.queries import deliveries

        former = deliveries.unfinished(name, source="folder", office_id=self.actor.office_id)
        if former is not None:
            return former
        return open_delivery(uuid4(), source="folder", name=name, expected=expected, actor=self.actor)

    def take(self, delivery_id: int, one: Found, *, notes_secret: bool = True) -> FileRow:
        """Put one file into a delivery and read it; gives what became of it (of a secret one see `deliver`)."""
        from django.conf import settings
        from django.utils import timezone

        from dondoc.office.actions.deliveries import deliver, refuse_file
        from dondoc.office.actions.intake import Incoming, Place
        from dondoc.office.queries import deliveries

        place = Place(delivery_id, deliveries.next_place(delivery_id), again=True)
        try:
            size = one.path.stat().st_size
            content = one.path.read_bytes() if size <= settings.DONDOC_UPLOAD_LIMIT else None
        except OSError as error:
            order = refuse_file(place, one.name, reason=f"Không mở được tệp ({error.strerror}).", actor=self.actor)
        else:
            if content is None:
                reason = f"Tệp lớn {size // 2**20} MB, quá giới hạn {settings.DONDOC_UPLOAD_LIMIT // 2**20} MB."
                order = refuse_file(place, one.name, reason=reason, actor=self.actor)
            else:
                incoming = Incoming(content, one.name, self.day or timezone.localdate())
                order = deliver(place, incoming, actor=self.actor, read_now=True, notes_secret=notes_secret)
        return deliveries.files(delivery_id, viewer=self.actor.viewer, known_at=None, order=order)[0]

    def say(self, row: FileRow, one: Found, number: int) -> None:
        """Say of one file what became of it; where the output may be kept, no secret file's name is printed."""
        self.counts[row.outcome] += 1
        is_shown = row.outcome != "secret" or self.console.is_terminal
        line = f"{one.name if is_shown else f'Tệp thứ {number}'}: {self._outcome(row)}"
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def summary(self) -> None:
        """Say how many files came to what."""
        words = {
            "taken": "đã nhận",
            "duplicate": "đã có từ trước",
            "secret": "mang dấu độ mật, không nhận",
            "refused": "bị từ chối",
        }
        said = [f"{self.counts[key]} {text}" for key, text in words.items() if self.counts[key]]
        self.console.print(f"Tất cả {self.counts.total()} tệp: {', '.join(said)}.", highlight=False, soft_wrap=True)

    def _outcome(self, row: FileRow) -> str:
        if row.outcome in ("secret", "refused"):
            return f"bị từ chối. {row.reason}"
        if row.outcome == "duplicate":
            return f"đã có từ trước ({row.title})"
        if row.state == "failed":
            return f"đã đưa vào, chưa đọc được. {row.problem}"
        if row.state == "waiting":
            return "đã đưa vào, chờ đọc"
        alike = f"; có thể đã có: {', '.join(title for _pk, title in row.alike)}" if row.alike else ""
        return f"đã đưa vào và đọc xong: {self._found(row)}{alike}"

    def _found(self, row: FileRow) -> str:
        """Say how many proposals and stated numbers the reading of a document gave."""
        from django.utils import timezone

        from dondoc.office import figures

        asked = [(key, {"document": str(row.document_id)}) for key in ("proposals.by_verdict", "claims.stated")]
        viewer, today = self.actor.viewer, timezone.localdate()
        proposals, claims = figures.values(asked, viewer=viewer, as_of=today, known_at=None)
        return f"{proposals.value} đề xuất, {claims.value} số liệu"
