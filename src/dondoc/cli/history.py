"""`dondoc log export | key | check` and `dondoc verify-log`: the log out of the house, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dondoc import engine
from dondoc.cli.office import opened_office, refuse
from dondoc.rules import chain

if TYPE_CHECKING:
    from dondoc.cli import signing
    from dondoc.office.models import Office
    from dondoc.office.queries.history import Disagreement

TOLD = 20
UNPROVED = (
    "Chưa chứng minh được phần cuối không bị cắt và cả chuỗi không bị viết lại: "
    "hãy lấy khóa công khai của cơ quan (`dondoc log key`) qua đường khác rồi kiểm tra lại với --key."
)

OfficeKey = Annotated[str, typer.Option("--office", metavar="KEY", help="Khóa của cơ quan, khi máy có nhiều cơ quan.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    log = typer.Typer(help="Nhật ký của cơ quan: xuất ra tệp, khóa ký, đối chiếu với sổ.", no_args_is_help=True)
    log.command("export")(export)
    log.command("key")(key)
    log.command("check")(check)
    app.add_typer(log, name="log")
    app.command("verify-log")(verify_log)


def export(
    file: Annotated[Path, typer.Argument(help="Tệp JSON Lines sẽ tạo; không ghi đè tệp đã có.")],
    *,
    office: OfficeKey = "",
) -> None:
    """Xuất nhật ký ra tệp, kết thúc bằng một dòng kết có chữ ký; làm được khi trang đang chạy."""
    from dondoc.cli import signing

    with _explained(file), opened_office():
        from dondoc.office.queries import history

        signer = signing.private_key(engine.home_folder())
        chosen = _offices(office)
        if len(chosen) > 1:
            refuse(f"Máy này có nhiều cơ quan, hãy chọn một với --office: {', '.join(one.key for one in chosen)}.")
        found = write_export(file, chosen[0].key, history.lines(chosen[0]), signer)
    _tell_faults(found)
    typer.echo(f"Đã xuất {found.entries} mục vào {file}. Khóa công khai: {signing.public_hex(signer)}")


def write_export(file: Path, office: str, lines: Iterable[str], signer: signing.Ed25519PrivateKey) -> chain.Checked:
    """Write a log line by line with its signed head, checking it on the way; a file that fails is taken away."""
    from dondoc.cli import signing

    try:
        with open(file, "x", encoding="utf-8", newline="\n") as out:
            found = chain.check(_written(lines, out), sealed=False)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            out.write(signing.head_line(office, found.end, exported_at=now, key=signer) + "\n")
    except FileExistsError:
        refuse(f"{file} đã có: hãy chọn tên khác, nhật ký không ghi đè lên tệp nào.")
    except BaseException:  # any error: undo and pass on
        file.unlink(missing_ok=True)
        raise
    return found


def _written(lines: Iterable[str], out: IO[str]) -> Iterator[str]:
    for line in lines:
        out.write(line + "\n")
        yield line


def key(
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Ghi khóa công khai (PEM) vào tệp này.")] = None,
) -> None:
    """In khóa công khai mà người nhận dùng để kiểm tra nhật ký; khóa được tạo khi dùng lần đầu."""
    from dondoc.cli import signing

    home = engine.home_folder()
    with _explained(out or home / signing.FOLDER):
        signer = signing.private_key(home)
        if out is not None:
            with open(out, "xb") as file:
                file.write(signing.public_pem(signer))
    typer.echo(signing.public_hex(signer))


def check(*, office: OfficeKey = "") -> None:
    """Kiểm tra chuỗi nhật ký trong cơ sở dữ liệu và đối chiếu từng bản ghi trong sổ với nhật ký."""
    with opened_office():
        from dondoc.office.queries import history

        wrong = 0
        for one in _offices(office):
            found = history.verify_chain(one, end=None)
            for fault in found.faults[:TOLD]:
                typer.echo(f"{one.key}, mục {fault.seq or fault.line}: {fault.what}")
            differing = 0
            for differing, disagreement in enumerate(history.audit(one), 1):
                if differing <= TOLD:
                    typer.echo(f"{one.key}, {_told(disagreement)}")
            expunged = f" ({found.expunged} mục đã xóa nội dung)" if found.expunged else ""
            typer.echo(
                f"{one.key}: {found.entries} mục{expunged}, {found.faults_in_all} lỗi trong chuỗi, "
                f"{differing} chỗ trong sổ khác nhật ký."
            )
            wrong += found.faults_in_all + differing
    if wrong:
        raise typer.Exit(1)


def _told(found: Disagreement) -> str:
    row = f"mục {found.seq}: bảng {found.table}, bản ghi {found.id}"
    if found.field:
        return f"{row}, cột {found.field}: nhật ký ghi {_short(found.logged)}, trong sổ là {_short(found.found)}"
    return f"{row}: nhật ký có ghi, trong sổ không còn" if found.in_log else f"{row}: có trong sổ, nhật ký không ghi"


def _short(value: object) -> str:
    text = chain.canonical(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _offices(key: str) -> list[Office]:
    from dondoc.office.queries import people

    found = [office for office in people.offices() if key in {"", office.key}]
    if not found:
        refuse(f"Không có cơ quan “{key}” trên máy này." if key else "Chưa có cơ quan nào trên máy này.")
    return found


def verify_log(
    file: Annotated[Path, typer.Argument(help="Tệp do `dondoc log export` tạo.")],
    *,
    key: Annotated[
        str, typer.Option("--key", metavar="PUBLIC", help="Khóa công khai của cơ quan, hoặc tệp chứa khóa.")
    ] = "",
) -> None:
    """Kiểm tra một nhật ký đã xuất, không cần cơ sở dữ liệu: sửa, bớt, thêm, đảo đều lộ ra, kèm chỗ."""
    from dondoc.cli import signing

    with _explained(file):
        wanted = signing.read_public(key) if key else None
        # What is no UTF-8 is spelled out and then found as changed; it must not end the check.
        with open(file, encoding="utf-8", errors="backslashreplace") as lines:
            found = chain.check(lines)
    _tell_faults(found)
    assert found.head is not None  # a log without one has a fault
    head = found.head["head"]
    if not signing.is_signed(found.head):
        refuse("Chữ ký của dòng kết không đúng: dòng kết đã bị sửa.")
    if wanted is not None and head["key"] != wanted:
        refuse(f"Dòng kết được ký bằng khóa khác ({head['key']}): sai khóa, hoặc nhật ký đã bị viết lại.")
    expunged = f" ({found.expunged} mục đã xóa nội dung)" if found.expunged else ""
    typer.echo(f"{head['office']}: {found.entries} mục{expunged}, nguyên vẹn, xuất lúc {head['exported_at']}.")
    typer.echo(UNPROVED if wanted is None else "Dòng kết đúng chữ ký của khóa đã cho: cuối không bị cắt.")


def _tell_faults(found: chain.Checked) -> None:
    """Print the places of what is wrong with a log and end the command; a log without faults passes."""
    for fault in found.faults[:TOLD]:
        entry = f", mục {fault.seq}" if fault.seq is not None else ""
        typer.echo(f"dòng {fault.line}{entry}: {fault.what}")
    if found.faults_in_all > TOLD:
        typer.echo(f"và {found.faults_in_all - TOLD} lỗi nữa")
    if found.faults_in_all:
        refuse(f"Nhật ký không nguyên vẹn: {found.faults_in_all} lỗi.")


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Turn what can go wrong with a key or a file into one sentence."""
    from dondoc.cli import signing

    try:
        yield
    except signing.KeyRefused as refusal:
        refuse(str(refusal))
    except FileExistsError:
        refuse(f"{file} đã có: hãy chọn tên khác.")
    except OSError as error:
        refuse(f"Không đọc hoặc không ghi được {error.filename or file} ({error.strerror}): hãy chọn nơi khác.")
