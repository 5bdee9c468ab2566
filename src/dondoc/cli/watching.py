"""A watched folder: what is put there comes into the register, and is moved aside with what became of it.

A file is taken up when its size and time have stood still from one look to the next: a large one may still be
copied. One that bears a secret marking stays exactly where it is. Nothing of it is moved, copied or written down,
not even its name: a program that carried it elsewhere would make a second copy on the disk.
"""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from uuid import uuid4

from dondoc.cli.incoming import Intake, files_of, is_meant, named
from dondoc.cli.office import refuse

TAKEN, REFUSED = "đã nhận", "từ chối"
PAUSE = 5.0

Sign = tuple[int, int]


def watch_folder(folder: Path, intake: Intake, *, pause: float, once: bool) -> None:
    """Put in what comes to lie in a folder, until told to end; with `once` what lies there, and no more."""
    from dondoc.office.access import Refused

    for aside in (TAKEN, REFUSED):
        try:
            (folder / aside).mkdir(exist_ok=True)
        except OSError as error:
            refuse(f"Không tạo được thư mục “{aside}” trong {folder} ({error.strerror}).")
    seen: dict[Path, Sign] = {}
    left: dict[Path, Sign] = {}
    try:
        while True:
            now = _signs(folder)
            for number, path in enumerate(sorted(now), 1):
                if left.get(path) == now[path] or (seen.get(path) != now[path] and not once):
                    continue
                try:
                    if not _take(folder, path, number, intake):
                        left[path] = now[path]
                except Refused as refusal:  # the database does not answer just now: the file stays and is tried again
                    intake.console.print(str(refusal), markup=False, highlight=False, soft_wrap=True)
            seen = now
            if once:
                intake.summary()
                return
            time.sleep(pause)
    except KeyboardInterrupt:
        intake.summary()


def _signs(folder: Path) -> dict[Path, Sign]:
    """Say of each file in a folder how large it is and when it was changed; what is gone meanwhile is left out."""
    found: dict[Path, Sign] = {}
    for path in folder.iterdir():
        try:
            if path.is_file() and not path.is_symlink() and is_meant(path):
                about = path.stat()
                found[path] = (about.st_size, about.st_mtime_ns)
        except OSError:
            continue
    return found


def _take(folder: Path, path: Path, number: int, intake: Intake) -> bool:
    """Put one file in and move it aside; says whether it could be moved. A secret one is left alone."""
    from dondoc.office.actions.intake import SecretRefused

    one = files_of([path])[0]
    try:
        row = intake.take(_delivery(folder, intake), one, notes_secret=False)
    except SecretRefused:
        intake.counts["secret"] += 1
        intake.console.print(
            f"Tệp thứ {number} (theo thứ tự tên) mang dấu độ mật: không nhận, để nguyên tại chỗ. "
            "Hãy đưa tệp ra khỏi máy này và xử lý trên mạng độc lập theo quy định.",
            highlight=False,
            soft_wrap=True,
        )
        return False
    intake.say(row, one, number)
    aside = folder / (REFUSED if row.outcome == "refused" else TAKEN)
    try:
        kept = _free(aside, path)
        path.rename(kept)
        if row.outcome == "refused":
            kept.with_name(f"{kept.name}.txt").write_text(f"{row.reason}\n", encoding="utf-8")
    except OSError as error:
        intake.console.print(f"Không chuyển được tệp sang “{aside.name}” ({error.strerror}).", highlight=False)
        return False
    return True


def _free(folder: Path, path: Path) -> Path:
    """Give the path in a folder under which a file can lie beside one of the same name."""
    if not (folder / path.name).exists():
        return folder / path.name
    names = (folder / f"{path.stem} ({number}){path.suffix}" for number in count(2))
    return next(name for name in names if not name.exists())


def _delivery(folder: Path, intake: Intake) -> int:
    """Give the delivery of a watched folder: one for each day on which something came."""
    from django.utils import timezone

    from dondoc.office.actions.deliveries import open_delivery
    from dondoc.office.queries import deliveries

    name, office_id = named([folder]), intake.actor.office_id
    former = deliveries.of_day(name, source="watched", office_id=office_id, on=timezone.localdate())
    if former is not None:
        return former
    return open_delivery(uuid4(), source="watched", name=name, expected=None, actor=intake.actor)
