"""What the database itself refuses: rows changed or deleted, a log that does not go on from its end.

A migration that makes a new table of records calls `guard` again for it. The functions and triggers are found by the
columns of the tables, not by their names: a record has `entry` and `recorded_at`, a dated fact also `replaces`, the
log is what `entry` points to.
"""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey

# One door: `set local dondoc.expunge = 'on'` lets records be altered for the length of a transaction, when two
# persons expunge a document found secret. Of the log it lets nothing go but the details.
FUNCTIONS = """
create or replace function dondoc_refuse_change() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('dondoc.expunge', true), '') = 'on' and tg_op <> 'TRUNCATE' then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    raise exception 'Bảng % chỉ được ghi thêm, không được sửa hay xóa: hãy đính chính bằng một bản ghi mới.',
        tg_table_name using errcode = 'restrict_violation';
end $$;

create or replace function dondoc_refuse_change_of_log() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and coalesce(current_setting('dondoc.expunge', true), '') = 'on'
        and new.detail is null and to_jsonb(new) - 'detail' = to_jsonb(old) - 'detail'
    then
        return new;
    end if;
    raise exception 'Nhật ký chỉ được ghi thêm, không được sửa hay xóa.' using errcode = 'restrict_violation';
end $$;

create or replace function dondoc_check_log() returns trigger language plpgsql as $$
declare wrong boolean;
begin
    execute $check$ select exists (
        select from added left join {log} earlier on earlier.office_id = added.office_id and earlier.seq = added.seq - 1
        where added.previous <> coalesce(earlier.hash, repeat('0', 64))
           or (earlier.id is null and added.seq <> 1) or earlier.recorded_at > added.recorded_at
    ) $check$ into wrong;
    if wrong then
        raise exception 'Mục mới của nhật ký không nối tiếp mục cuối.' using errcode = 'check_violation';
    end if;
    return null;
end $$;
"""

# The checks are planned each time: a plan that a session made while a table was all but empty would read all of it for
# each row of a later import. (Seen: half a minute in place of a tenth of a second.)
CHECK = """
create or replace function dondoc_check_{table}() returns trigger language plpgsql as $$
declare wrong boolean;
begin
    execute $check$ select exists (
        select from added join {log} entry on entry.id = added.entry_id
        where entry.recorded_at <> added.recorded_at
    ) $check$ into wrong;
    if wrong then
        raise exception 'Bảng {table}: bản ghi không mang thời điểm của mục nhật ký.' using errcode = 'check_violation';
    end if;
    {more}
    return null;
end $$;
"""
OFFICE = """
    execute $check$ select exists (
        select from added join {log} entry on entry.id = added.entry_id
        where added.office_id <> entry.office_id
    ) $check$ into wrong;
    if wrong then
        raise exception 'Bảng {table}: bản ghi không thuộc cơ quan ghi nhật ký.' using errcode = 'check_violation';
    end if;
"""
POINTS = """
    execute $check$ select exists (
        select from added join {log} entry on entry.id = added.entry_id
        join {target} pointed on pointed.id = added.{column} join {log} theirs on theirs.id = pointed.entry_id
        where theirs.office_id <> entry.office_id
    ) $check$ into wrong;
    if wrong then
        raise exception 'Bảng {table}, cột {column}: trỏ sang bản ghi của cơ quan khác.'
            using errcode = 'check_violation';
    end if;
"""
REPLACES = """
    execute $check$ select exists (
        select from added join {table} replaced on replaced.id = added.replaces_id
        where replaced.recorded_at > added.recorded_at or replaced.id = added.id
    ) $check$ into wrong;
    if wrong then
        raise exception 'Bảng {table}: bản đính chính phải ghi sau bản ghi mà nó thay.'
            using errcode = 'check_violation';
    end if;
"""
REFUSING = """
create or replace trigger dondoc_refuse_change before update or delete on {table}
    for each row execute function {function}();
create or replace trigger dondoc_refuse_emptying before truncate on {table}
    for each statement execute function {function}();
"""
CHECKING = """
create or replace trigger dondoc_check_added after insert on {table} referencing new table as added
    for each statement execute function {function}();
"""


def guard(apps: Any, schema_editor: Any) -> None:
    """Put the triggers on the log and on every table of records; doing it again changes nothing."""
    models = apps.get_app_config("office").get_models()
    records = {model._meta.db_table: model for model in models if _is_record(model)}
    log = next(iter(records.values()))._meta.get_field("entry").related_model._meta.db_table
    statements = [FUNCTIONS.format(log=log)]
    statements.append(REFUSING.format(table=log, function="dondoc_refuse_change_of_log"))
    statements.append(CHECKING.format(table=log, function="dondoc_check_log"))
    for table, model in records.items():
        statements.append(CHECK.format(table=table, log=log, more=_more(model, table, log)))
        statements.append(REFUSING.format(table=table, function="dondoc_refuse_change"))
        statements.append(CHECKING.format(table=table, function=f"dondoc_check_{table}"))
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away with their functions."""
    schema_editor.execute(
        """
        do $$ declare one record; begin
            for one in select oid::regprocedure as name from pg_proc
         where proname like 'dondoc\\_%' and prorettype = 'trigger'::regtype
            loop execute format('drop function %s cascade', one.name); end loop;
        end $$
        """,
        params=None,
    )


def _is_record(model: Any) -> bool:
    return {"entry", "recorded_at"} <= {field.name for field in model._meta.concrete_fields}


def _more(model: Any, table: str, log: str) -> str:
    """Write what a table is checked for besides its instants: whose it is, what it points to, what it replaces."""
    parts = []
    for field in model._meta.concrete_fields:
        target = field.related_model if isinstance(field, ForeignKey) else None
        if field.name == "replaces":
            parts.append(REPLACES.format(table=table))
        if field.column == "office_id":
            parts.append(OFFICE.format(table=table, log=log))
        elif target is not None and _is_record(target):
            parts.append(
                POINTS.format(table=table, log=log, target=target._meta.db_table, column=field.column)
            )
    return "".join(parts)
