"""`dondoc backup FILE` and `dondoc restore FILE`: the whole office in one file, and back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

import dondoc
from dondoc import engine
from dondoc.cli import archive
from dondoc.cli.contents import (
    DIFFERS,
    Contents,
    Head,
    Unrestored,
    contents,
    dumping,
    frozen,
    is_empty,
    read_in,
)
from dondoc.cli.office import bring_up_to_date, opened_database, opened_office, refuse, set_up

KEYS = "keys"
OPERATOR = "Người vận hành máy"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(file: Annotated[Path, typer.Argument(help="Tệp sao lưu sẽ tạo; không ghi đè tệp đã có.")]) -> None:
    """Sao lưu toàn bộ: cơ sở dữ liệu và khóa ký nhật ký, vào một tệp; làm được khi trang đang chạy."""
    file = file.absolute()
    if file.exists():
        refuse(f"{file} đã có: hãy chọn tên khác, bản sao lưu không ghi đè lên tệp nào.")
    with opened_office() as url, _explained(file):
        # Before: a backup that holds a document must be named even when nobody learned that it was finished.
        reach = noted(file, {})
        saved = write_backup(url, file, engine.home_folder() / KEYS)
        later = {head.office_id: head.seq for head in saved.heads if head.seq > reach.get(head.office_id, 0)}
        if later:
            noted(file, later)
    typer.echo(
        f"Đã sao lưu {len(saved.tables)} bảng, {saved.rows} dòng vào {file}. "
        "Tệp chứa cả khóa ký nhật ký: hãy cất giữ như giữ khóa."
    )


def restore(file: Annotated[Path, typer.Argument(help="Tệp do `dondoc backup` tạo.")]) -> None:
    """Khôi phục vào một DONDOC_HOME (hoặc DATABASE_URL) còn trống, so từng dòng và kiểm tra nhật ký."""
    file = file.absolute()
    if not file.is_file():
        refuse(f"Không có tệp {file}: hãy kiểm tra lại đường dẫn.")
    home = engine.home_folder()
    with _explained(file), archive.whole_backup(file) as saved:
        expected = _contents_of(saved.manifest)
        if (home / KEYS).exists():
            refuse(f"{home / KEYS} đã có khóa: hãy khôi phục vào một DONDOC_HOME còn trống.")
        with opened_database() as url:
            if not is_empty(url):
                refuse("Cơ sở dữ liệu đã có dữ liệu: hãy khôi phục vào một DONDOC_HOME còn trống.")
            set_up()
            _check_known(expected)
            _restore_into(url, home, saved, expected)
            bring_up_to_date()
            faults = log_faults(expected)
    typer.echo(
        f"Đã khôi phục {len(expected.tables)} bảng, {expected.rows} dòng; so từng dòng: khớp với bản sao lưu "
        f"lúc {saved.manifest['created_at']}."
    )
    if faults:
        refuse(f"Nhật ký trong bản sao lưu không còn nguyên vẹn: {faults[0]}.")
    typer.echo(f"Nhật ký của {len(expected.heads)} cơ quan: nguyên vẹn.")


def noted(file: Path, heads: Mapping[int, int]) -> dict[int, int]:
    """Write into the log of each office that it is being backed up; give the entry up to which each backup reaches.

    With `heads` only where entries were written between the first note and the backup: up to these it reaches."""
    from dondoc.office.access import Actor, operator_of
    from dondoc.office.actions.removals import record_backup
    from dondoc.office.queries import people

    return {
        office.pk: record_backup(str(file), up_to=heads.get(office.pk), actor=Actor(operator_of(office), OPERATOR))
        for office in people.offices()
        if not heads or office.pk in heads
    }


def write_backup(url: str, file: Path, keys: Path) -> Contents:
    """Write the backup of the database at `url` and of the folder of keys; tell what it holds."""
    with archive.new_backup(file) as new, frozen(url) as (connection, snapshot):
        with dumping(url, snapshot) as dump:
            new.add(archive.DUMP, dump)
        for key in sorted(keys.iterdir()) if keys.is_dir() else ():
            with key.open("rb") as source:
                new.add(f"{KEYS}/{key.name}", source)
        saved = contents(connection)
        new.close_with(
            {
                "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "dondoc": getattr(dondoc, "__version__", ""),
                **asdict(saved),
            }
        )
    return saved


def _contents_of(manifest: dict[str, Any]) -> Contents:
    try:
        return Contents(
            server=manifest["server"],
            tables={name: (rows, digest) for name, (rows, digest) in manifest["tables"].items()},
            heads=tuple(Head(**head) for head in manifest["heads"]),
            migrations=tuple(manifest["migrations"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise archive.Damaged(archive.MANIFEST) from error


def _check_known(expected: Contents) -> None:
    """Refuse the backup of a newer version: its tables are not those that this version reads."""
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in expected.migrations if name not in known]:
        refuse(f"Bản sao lưu do một bản Đôn Đốc mới hơn tạo ({unknown[-1]}): hãy nâng cấp Đôn Đốc rồi khôi phục.")


def _restore_into(url: str, home: Path, saved: archive.Reader, expected: Contents) -> None:
    with engine.refusing(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="restore-", dir=home) as folder:
            work = Path(folder)
            saved.unpack(archive.DUMP, work / archive.DUMP)
            (work / KEYS).mkdir(mode=0o700)
            for name in saved.keys:
                saved.unpack(f"{KEYS}/{name}", work / KEYS / name)
            read_in(url, work / archive.DUMP, expected)
            if saved.keys:
                (work / KEYS).rename(home / KEYS)


def log_faults(expected: Contents) -> list[str]:
    """Check each office's log in the database, entry by entry, up to the head that the backup names."""
    from dondoc.office.models import Office
    from dondoc.office.queries import history
    from dondoc.rules import chain

    faults = []
    for head in expected.heads:
        office = Office(pk=head.office_id, key=head.office)
        found = history.verify_chain(office, end=chain.End(head.seq, head.hash))
        faults += [f"{head.office}, mục {fault.seq or fault.line}: {fault.what}" for fault in found.faults]
    return faults


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Turn what can go wrong with a backup into one sentence."""
    try:
        yield
    except archive.Damaged as damage:
        refuse(f"{file} bị hỏng hoặc không phải bản sao lưu của Đôn Đốc ({damage}): hãy dùng bản khác.")
    except archive.AlreadyThere:
        refuse(f"{file} đã có: hãy chọn tên khác, bản sao lưu không ghi đè lên tệp nào.")
    except Unrestored as problem:
        if DIFFERS in str(problem):
            table = str(problem).rsplit(" ", 1)[-1]
            refuse(f"Sau khi khôi phục, {table} khác với bản sao lưu nên không giữ lại gì: hãy dùng bản khác.")
        refuse(f"PostgreSQL không làm được ({problem}); không giữ lại gì: hãy xem lại máy chủ rồi chạy lại.")
    except OSError as error:
        refuse(f"Không ghi hoặc không đọc được {error.filename or file} ({error.strerror}): hãy chọn nơi khác.")
