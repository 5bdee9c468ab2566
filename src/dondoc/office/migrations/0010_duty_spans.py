"""How duties stood, in spans of days and of knowing: a cache (`dondoc standing rebuild`); titles found by letters."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


# All runs of three letters of a text: what a part of a word must share with a title in which it stands.
LETTERS = """
    create function dondoc_letters(words text) returns text[] language sql immutable strict parallel safe as $$
        select array(select distinct substr(words, n, 3) from generate_series(1, length(words) - 2) n)
    $$
"""

# As `queries.spans.REBUILD` was when this table was made.
FILL = """
    with owed as materialized (
        select d.id, greatest(d.assigned_on, t.assigned_on) as begins_on
        from office_duty d join office_task t on t.id = d.task_id
        where t.office_id = %(office)s and d.id between %(first)s and %(last)s
    ), learned as (
        select duty_id, begins_on, recorded_at from owed join office_change f on f.duty_id = owed.id
        union select duty_id, begins_on, recorded_at from owed join office_dutybearer f on f.duty_id = owed.id
        union select duty_id, begins_on, recorded_at from owed join office_dutydue f on f.duty_id = owed.id
    ), asked as materialized (
        select duty_id, begins_on, recorded_at as known_at, row_number() over turn as nth,
               lead(recorded_at) over turn as next_at
        from learned window turn as (partition by duty_id order by recorded_at)
    ),
fact as (
    select a.*, f.effective_on, f.until_on, f.recorded_at, f.id, 1 as kind, f.to_state as state, null::bigint as bearer_id, null::date as last_day
    from asked a join office_change f on f.duty_id = a.duty_id and f.recorded_at <= a.known_at
    where not exists (
        select 1 from office_change later where later.replaces_id = f.id and later.recorded_at <= a.known_at)
    union all select a.*, f.effective_on, f.until_on, f.recorded_at, f.id, 2, null, f.agency_id, null
    from asked a join office_dutybearer f on f.duty_id = a.duty_id and f.recorded_at <= a.known_at
    where not exists (
        select 1 from office_dutybearer later where later.replaces_id = f.id and later.recorded_at <= a.known_at)
    union all select a.*, f.effective_on, f.until_on, f.recorded_at, f.id, 3, null, null, f.last_day
    from asked a join office_dutydue f on f.duty_id = a.duty_id and f.recorded_at <= a.known_at
    where not exists (
        select 1 from office_dutydue later where later.replaces_id = f.id and later.recorded_at <= a.known_at)
), told as (
    -- The first due day is the first that was ever named, also by a row that no longer holds.
    select fact.*, first_value(last_day) over (
        partition by duty_id, known_at order by last_day is null, effective_on, recorded_at, id) as first_due_on
    from fact
), ordered as materialized (
    select told.*, greatest(effective_on, begins_on) as day,
           row_number() over (turn order by effective_on, recorded_at, id)::int as n,
           bool_or(until_on is not null) over turn as has_ends
    from told where until_on is null or until_on > effective_on
    window turn as (partition by duty_id, known_at)
), latest as (
    -- Where nothing ends by itself, the latest of each kind goes on until the next: one pass in the order of days.
    select ordered.*, lead(day) over turn as next_day,
           max(n) filter (where kind = 1) over turn as the_change,
           max(n) filter (where kind = 2) over turn as the_bearer,
           max(n) filter (where kind = 3) over turn as the_due
    from ordered where not has_ends
    window turn as (partition by duty_id, known_at order by n)
), going_on as (
    select duty_id, known_at, nth, next_at, first_due_on, day as valid_from, next_day as valid_until,
           nth_value(state, the_change) over turn as state, nth_value(effective_on, the_change) over turn as since,
           nth_value(bearer_id, the_bearer) over turn as bearer_id, nth_value(last_day, the_due) over turn as due_on
    from latest
    window turn as (partition by duty_id, known_at order by n)
), gathered as (
    select duty_id, known_at, nth, next_at, first_due_on, array_agg(kind order by n) as kinds,
           array_agg(day order by n) as days, array_agg(until_on order by n) as ends,
           array_agg(effective_on order by n) as begins, array_agg(state order by n) as states,
           array_agg(bearer_id order by n) as bearers, array_agg(last_day order by n) as last_days
    from ordered where has_ends group by duty_id, known_at, nth, next_at, first_due_on
), ending as (
    select g.duty_id, g.known_at, g.nth, g.next_at, g.first_due_on, part.day, part.next_day, decisive.*
    from gathered g
    cross join lateral (
        select day, lead(day) over (order by day) as next_day
        from (select unnest(g.days) as day
              union select o.until_on from unnest(g.days, g.ends) o(day, until_on) where o.until_on > o.day) days
    ) part
    cross join lateral (
        select (array_agg(o.state order by o.n desc) filter (where o.kind = 1))[1] as state,
               (array_agg(o.effective_on order by o.n desc) filter (where o.kind = 1))[1] as since,
               (array_agg(o.bearer_id order by o.n desc) filter (where o.kind = 2))[1] as bearer_id,
               (array_agg(o.last_day order by o.n desc) filter (where o.kind = 3))[1] as due_on
        from unnest(g.kinds, g.days, g.ends, g.begins, g.states, g.bearers, g.last_days) with ordinality
             o(kind, day, until_on, effective_on, state, bearer_id, last_day, n)
        where o.day <= part.day and (o.until_on is null or o.until_on > part.day)
    ) decisive
), stood as materialized (
    select * from going_on where (valid_until is null or valid_until > valid_from)
       and state is not null and bearer_id is not null
    union all select * from ending where state is not null and bearer_id is not null
)
, island as (
        select stood.*, nth - row_number() over (
            partition by duty_id, valid_from, valid_until, state, since, bearer_id, due_on, first_due_on
            order by nth) as run
        from stood
    ), lasting as (
        select duty_id, valid_from, valid_until, state, since, bearer_id, due_on, first_due_on,
               min(known_at) as known_from, case when bool_and(next_at is not null) then max(next_at) end as known_until
        from island group by duty_id, valid_from, valid_until, state, since, bearer_id, due_on, first_due_on, run
    )
    insert into office_dutyspan (
        office_id, workflow_id, task_id, duty_id, role, place, sole_lead, bearer_id, state, since, due_on,
        first_due_on, valid_from, valid_until, known_from, known_until)
    select t.office_id, t.workflow_id, d.task_id, d.id, d.role, d."order",
    d.role = 'lead' and not exists (
        select 1 from office_duty other where other.task_id = d.task_id and other.role = 'lead' and other.id <> d.id)
, s.bearer_id, s.state, s.since, s.due_on, s.first_due_on, s.valid_from, s.valid_until, s.known_from, s.known_until
    from lasting s join office_duty d on d.id = s.duty_id join office_task t on t.id = d.task_id
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the rows for the duties that are there already."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select distinct office_id from office_task")
        for (office,) in cursor.fetchall():
            cursor.execute(FILL, {"office": office, "first": 0, "last": 2**62})


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0009_reports_and_measures"),
    ]

    operations = [
        migrations.RunSQL(LETTERS, "drop function dondoc_letters(text)"),
        migrations.CreateModel(
            name="DutySpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "lead"), ("coordinate", "coordinate"), ("monitor", "monitor")], max_length=12
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("sole_lead", models.BooleanField()),
                ("state", models.SlugField(db_index=False, max_length=40)),
                ("since", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("first_due_on", models.DateField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("known_from", models.DateTimeField()),
                ("known_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                models.F("office"),
                models.Func(models.F("sort_key"), models.Value(200), function="left"),
                models.F("id"),
                name="task_by_title",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(models.F("folded"), function="dondoc_letters"), name="task_by_letters"
            ),
        ),
        migrations.AddField(
            model_name="dutyspan",
            name="bearer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="office.agency",
            ),
        ),
        migrations.AddField(
            model_name="dutyspan",
            name="duty",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="office.duty"
            ),
        ),
        migrations.AddField(
            model_name="dutyspan",
            name="office",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="office.office",
            ),
        ),
        migrations.AddField(
            model_name="dutyspan",
            name="task",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="office.task"
            ),
        ),
        migrations.AddField(
            model_name="dutyspan",
            name="workflow",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="office.workflow",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("valid_until", None)),
                fields=["office", "state", "bearer"],
                include=(
                    "role",
                    "due_on",
                    "first_due_on",
                    "since",
                    "valid_from",
                    "sole_lead",
                    "workflow",
                    "task",
                    "duty",
                ),
                name="span_now",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("valid_until", None)),
                fields=["office", "bearer", "due_on"],
                name="span_now_by_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("valid_until", None)),
                fields=["office", "due_on"],
                name="span_now_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until", None), ("valid_until__isnull", False)),
                fields=["office", "valid_until"],
                name="span_then",
            ),
        ),
        migrations.AddIndex(
            model_name="dutyspan",
            index=models.Index(
                condition=models.Q(("known_until__isnull", False)),
                fields=["office", "known_until"],
                name="span_known_then",
            ),
        ),
        # Coordinators are nobody's sole lead: taken apart, the two columns make the planner expect far too many rows.
        migrations.RunSQL(
            "create statistics span_roles (mcv) on role, sole_lead from office_dutyspan",
            "drop statistics span_roles",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
