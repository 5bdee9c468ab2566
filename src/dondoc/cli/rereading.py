"""`dondoc reread`: documents read again by the reader of this version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.cli.office import opened_office, refuse

if TYPE_CHECKING:
    from dondoc.office.models import Office

READER = "Bộ đọc văn bản"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("reread")(reread)


def reread(
    documents: Annotated[
        list[int] | None, typer.Argument(metavar="[DOCUMENT]...", help="Số thứ tự của văn bản trong sổ.")
    ] = None,
    *,
    office: Annotated[str, typer.Option("--office", metavar="KEY", help="Chỉ cơ quan này.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Mọi văn bản do một bản khác của bộ đọc đã đọc.")] = False,
) -> None:
    """Đọc lại văn bản bằng bộ đọc hiện nay và nói được gì, mất gì; những gì đã quyết định giữ nguyên."""
    if bool(documents) == everything:
        refuse("Hãy nêu số của văn bản, hoặc --all: một trong hai.")
    failed = 0
    with opened_office():
        from dondoc.office.actions.intake import READER_VERSION
        from dondoc.office.queries import people, rereading

        chosen = [one for one in people.offices() if office in {"", one.key}]
        if not chosen:
            refuse(f"Không có cơ quan “{office}” trên máy này." if office else "Chưa có cơ quan nào trên máy này.")
        read = 0
        for one in chosen:
            waiting = rereading.read_by_another(READER_VERSION, office_id=one.pk)
            wanted = waiting if everything else [pk for pk in documents or () if pk in waiting]
            for pk in wanted:
                sentence, went_well = _told(one, pk)
                typer.echo(f"{one.key}, văn bản {pk}: {sentence}")
                failed += not went_well
                read += 1
        if not read:
            typer.echo(f"Không có văn bản nào cần đọc lại: bộ đọc {READER_VERSION} đã đọc hết.")
    raise typer.Exit(1 if failed else 0)


def _told(office: Office, document_id: int) -> tuple[str, bool]:
    from dondoc.office.access import Actor, Refused, Viewer, operator_of
    from dondoc.office.actions.intake import read_document
    from dondoc.office.queries import rereading

    try:
        read_document(document_id, actor=Actor(Viewer(None, office.pk, "officer"), READER))
    except Refused as refusal:
        return f"không đọc được. {refusal}", False
    viewer = operator_of(office)
    newer, older = rereading.readings_of(document_id, viewer=viewer, known_at=None)[:2]
    told = rereading.comparison(older, newer, viewer=viewer, known_at=None)
    return f"được {len(told.gained)}, mất {len(told.lost)}, khác {len(told.changed)}", True
