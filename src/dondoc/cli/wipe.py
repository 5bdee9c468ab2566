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
LOG_KEPT = (
    "PostgreSQL còn giữ tệp nhật ký giao dịch cũ, vì máy chủ dự phòng, việc lưu nhật ký hoặc wal_keep_size còn cần: "
    "hãy nhờ người quản trị PostgreSQL bỏ các tệp ấy."
)
OUT_OF_REACH = (
    "Chương trình không với tới: bản sao lưu, nhật ký giao dịch đã lưu nơi khác, máy chủ dự phòng, ảnh chụp ổ đĩa, "
    "và các ô nhớ cũ của chính ổ đĩa (hãy mã hóa cả ổ, hoặc hủy ổ theo quy định)."
)

SPARE_TURNS = 5  # others write meanwhile, and the new setting takes a moment


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("wipe")(wipe)


def wipe() -> None:
    """Dọn đĩa sau khi tiêu hủy văn bản mật: viết lại mọi bảng của cơ sở dữ liệu; trang phải chờ trong lúc đó."""
    with opened_office() as url:
        of_the_log = write_over(url)
    typer.echo("\n".join([DONE, of_the_log, OUT_OF_REACH]))


def write_over(url: str) -> str:
    """Write every table anew without its dead rows, drop old files of the transaction log, and say how that went."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum (full, analyze)")
        row = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
        if row is None or not row[0]:
            return LOG_LEFT
        # A file of the log that is used again keeps its old content to the end; without recycling it is deleted.
        connection.execute("alter system set wal_recycle = off")
        connection.execute("select pg_reload_conf()")
        try:
            return LOG_TOO if drop_log(connection) else LOG_KEPT
        finally:
            connection.execute("alter system reset wal_recycle")
            connection.execute("select pg_reload_conf()")


def drop_log(connection: psycopg.Connection) -> bool:
    """Move the log of transactions on until nothing but one new file of it is left; tell whether that was reached.

    Files set aside for later use, with their old content, may lie ahead, from before this command or because the
    checkpoint came sooner than the new setting: each is written through, and the next checkpoint deletes it.
    """
    for _turn in range(len(log_files(connection)) + SPARE_TURNS):
        row = connection.execute("select pg_walfile_name(pg_current_wal_insert_lsn())").fetchone()
        in_use = row[0] if row else ""
        next_is_new = max(log_files(connection), default="") <= in_use
        connection.execute("select pg_switch_wal()")
        connection.execute("checkpoint")
        if next_is_new and len(log_files(connection)) == 1:
            return True
    return False


def log_files(connection: psycopg.Connection) -> list[str]:
    """Name the files of the log of transactions, those in use and those set aside."""
    rows = connection.execute("select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'")
    return [name for (name,) in rows]
