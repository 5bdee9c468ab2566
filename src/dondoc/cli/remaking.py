"""How a report made again is told on the command line: the same, or what differs and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from dondoc.office.reports.remaking import Again, Cause, Remade

MARKS = {"same": " ", "gone": "-", "came": "+"}


def print_remade(found: Remade) -> None:
    """Print whether an issued report comes out the same, with what was known then and with what is known today."""
    report = found.issued
    typer.echo(f"{report.title}, tại ngày {report.as_of:%d/%m/%Y}, bản {report.program_version}.")
    typer.echo(f"Lập lại bằng bản {found.program_version}:")
    _print_again("Theo những gì đã biết lúc phát hành", found.then)
    _print_again("Theo những gì biết đến hôm nay", found.today)


def _print_again(title: str, again: Again) -> None:
    if again.refusal:
        typer.echo(f"{title}: không lập lại được. {again.refusal}")
    elif again.is_same:
        forms = ", ".join(form.form for form in again.forms)
        typer.echo(f"{title}: giống hệt{f', từng byte ({forms})' if forms else ''}.")
    else:
        typer.echo(f"{title}: có chỗ khác.")
    _print_causes(again.causes, "  ")
    for form in again.forms:
        if not form.is_same:
            typer.echo(f"  {form.form}: khác (lúc phát hành {form.then[:12]}, nay {form.now[:12] or 'không in được'})")
    for figure in again.figures:
        typer.echo(f"  Số liệu: {figure.then} → {figure.now}. {figure.sentence}")
        _print_causes(figure.causes, "    ")
    for line in again.lines:
        if line.mark == "changed":
            typer.echo(f"  - {line.then}\n  + {line.now}")
        else:
            typer.echo(f"  {MARKS[line.mark]} {line.then or line.now}")


def _print_causes(causes: Iterable[Cause], indent: str) -> None:
    from django.utils import timezone

    for cause in causes:
        typer.echo(f"{indent}Vì: {cause.words}")
        for entry in cause.entries.first:
            at = f"{timezone.localtime(entry.recorded_at):%d/%m/%Y %H:%M}"
            typer.echo(f"{indent}  mục {entry.seq} của nhật ký, {at}, {entry.actor} ({entry.action})")
        if (more := cause.entries.count - len(cause.entries.first)) > 0:
            typer.echo(f"{indent}  và {more} mục nữa")
