"""`dondoc wipe`: what an expunged document may have left on the disk is written over, as far as PostgreSQL can."""

from __future__ import annotations

import psycopg
import typer

from dondoc.cli.office import opened_office

DONE = "Đã viết lại mọi bảng của cơ sở dữ liệu, không còn dòng đã xóa."
LOG_TOO = "Đã bỏ các tệp nhật ký giao dịch cũ của PostgreSQL."
LOG_LEFT = (
    "Tài khoản cơ sở dữ liệu này không được đụng tới nhật ký giao dịch: hãy nhờ người quản trị PostgreSQL chạy "
    "`select pg_switch_wal(); checkpoint;` với wal_recycle = off."
)
OUT_OF_REACH = (
    "Chương trình không với tới: bản sao lưu, nhật ký giao dịch đã lưu nơi khác, máy chủ dự phòng, ảnh chụp ổ đĩa, "
    "và các ô nhớ cũ của chính ổ đĩa (hãy mã hóa cả ổ, hoặc hủy ổ theo quy định)."
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("wipe")(wipe)


def wipe() -> None:
    """Dọn đĩa sau khi tiêu hủy văn bản mật: viết lại mọi bảng của cơ sở dữ liệu; trang phải chờ trong lúc đó."""
    with opened_office() as url:
        reached = write_over(url)
    typer.echo("\n".join([DONE, LOG_TOO if reached else LOG_LEFT, OUT_OF_REACH]))


def write_over(url: str) -> bool:
    """Write every table anew without its dead rows and drop old files of the log of transactions, where allowed."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (full, analyze)")
        row = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
        if row is None or not row[0]:
            return False
        # A file of the log that is used again keeps its old content to the end; without recycling it is deleted.
        connection.execute("alter system set wal_recycle = off")
        connection.execute("select pg_reload_conf()")
        try:
            for _twice in range(2):  # the files of the last but one checkpoint are kept
                connection.execute("select pg_switch_wal()")
                connection.execute("checkpoint")
        finally:
            connection.execute("alter system reset wal_recycle")
            connection.execute("select pg_reload_conf()")
    return True
