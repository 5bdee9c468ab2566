"""`dondoc figures`: the numbers of the registry, printed with what each of them says."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.cli.asked import Asked, AsOf, AsUser, KnownAt, asked_for
from dondoc.cli.office import opened_office, refuse

if TYPE_CHECKING:
    from dondoc.office.figures import FigureValue

NOT_RECORDED = "chưa ghi nhận"


class Shape(StrEnum):
    """How figures are printed."""

    table = "table"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("figures")(figures)


def figures(
    keys: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY]...", help="Khóa của số liệu; để trống là tất cả.", show_default=False),
    ] = None,
    *,
    programme: Annotated[str, typer.Option(help="Chỉ số liệu của danh mục này (khóa của danh mục).")] = "",
    of: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Hỏi số liệu của riêng đối tượng này (ví dụ agency=12); lặp lại được."),
    ] = None,
    as_of: AsOf = "",
    known_at: KnownAt = "",
    user: AsUser = "",
    shape: Annotated[Shape, typer.Option("--format", help="Cách in kết quả.")] = Shape.table,
) -> None:
    """In các số liệu của sổ theo dõi, mỗi số kèm câu nói rõ nó đếm gì."""
    with opened_office():
        from dondoc.office.access import Refused

        try:
            found = [
                (asked, number)
                for asked in asked_for(as_of, known_at, user)
                for number in (
                    asked_of(asked, tuple(keys or ()), of)
                    if of
                    else numbers(asked, tuple(keys or ()), programme, unrecorded=shape is Shape.table)
                )
            ]
        except Refused as refusal:
            refuse(str(refusal))
        if programme and not found:
            refuse(f"Không có danh mục “{programme}” trong phạm vi được xem.")
        if shape is Shape.json:
            recorded = [as_json(asked, number) for asked, number in found if number.value is not None]
            typer.echo(json.dumps(recorded, ensure_ascii=False, indent=1))
        else:
            _print_table(found)


def numbers(asked: Asked, keys: tuple[str, ...], programme: str, *, unrecorded: bool) -> list[FigureValue]:
    """Work out the numbers that were asked for; `unrecorded` adds the lists that the day does not know yet."""
    from dondoc.office import figures as registry

    unknown = sorted(set(keys) - set(registry.FIGURES))
    if unknown:
        refuse(f"Không có số liệu {', '.join(unknown)}. Các khóa: {', '.join(registry.FIGURES)}.")
    requests = registry.every(viewer=asked.viewer, as_of=asked.as_of, known_at=asked.known_at, keys=keys)
    if unrecorded or programme:
        known = {arguments.get("programme") for _key, arguments in requests}
        latest = registry.every(viewer=asked.viewer, as_of=asked.today, known_at=None, keys=keys)
        requests += [
            (key, arguments)
            for key, arguments in latest
            if arguments.get("programme") not in known and "group" not in arguments
        ]
    if programme:
        requests = [(key, arguments) for key, arguments in requests if arguments.get("programme") == programme]
    return registry.values(requests, viewer=asked.viewer, as_of=asked.as_of, known_at=asked.known_at)


def asked_of(asked: Asked, keys: tuple[str, ...], of: list[str]) -> list[FigureValue]:
    """Work out numbers of what is named, each argument written as name=value."""
    from dondoc.office import figures as registry

    if not keys or any("=" not in pair for pair in of):
        refuse("Hãy viết khóa của số liệu và --of TÊN=GIÁ TRỊ, ví dụ: dondoc figures duties.late --of agency=12.")
    if unknown := sorted(set(keys) - set(registry.FIGURES)):
        refuse(f"Không có số liệu {', '.join(unknown)}. Các khóa: {', '.join(registry.FIGURES)}.")
    arguments = dict(pair.split("=", 1) for pair in of)
    return registry.values(
        [(key, arguments) for key in keys], viewer=asked.viewer, as_of=asked.as_of, known_at=asked.known_at
    )


def as_json(asked: Asked, number: FigureValue) -> dict[str, Any]:
    """Write one number with its sentence, and the office and day that it is about."""
    value = number.value
    assert value is not None
    return {
        "key": number.key,
        "arguments": dict(number.arguments),
        "value": int(value) if value == int(value) else float(value),
        "sentence": number.sentence,
        "office": asked.office,
        "as_of": asked.as_of.isoformat(),
    }


def _print_table(found: list[tuple[Asked, FigureValue]]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for office in dict.fromkeys(asked.office for asked, _number in found):
        mine = [(asked, number) for asked, number in found if asked.office == office]
        table = Table(title=f"{office}, tại ngày {mine[0][0].as_of:%d/%m/%Y}", title_justify="left")
        table.add_column("Số liệu")
        table.add_column("Của")
        table.add_column("Giá trị", justify="right")
        table.add_column("Nghĩa là")
        for _asked_for, number in mine:
            of = ", ".join(value for name, value in sorted(number.arguments, key=lambda pair: pair[0] != "programme"))
            shown = NOT_RECORDED if number.value is None else f"{number.value}"
            table.add_row(number.key, of, shown, number.label)
        console.print(table)
