"""How duties stood, day by day and as it was known: the SQL by which the spans of `DutySpan` follow from the facts.

What decides on a day is what `rules.states` says: of the facts known at an instant and true on a day, the latest. So a
duty's days, as known at one instant, part where one of its facts begins or ends; each part is a row of `stood`.
Whoever uses this says before, as `asked`, which duties are asked for at which instants.
"""

# ruff: noqa: S608 -- every piece that is put together here is a constant of this file; values go in as parameters.

# Facts known at the instant that nothing known then replaces, of the three kinds that make up how a duty stands.
_KNOWN = """
    from asked a join {table} f on f.duty_id = a.duty_id and f.recorded_at <= a.known_at
    where not exists (
        select 1 from {table} later where later.replaces_id = f.id and later.recorded_at <= a.known_at)
"""
_COLUMNS = "a.*, f.effective_on, f.until_on, f.recorded_at, f.id"
_CHANGE = _KNOWN.format(table="office_change")
_BEARER = _KNOWN.format(table="office_dutybearer")
_DUE = _KNOWN.format(table="office_dutydue")

# No list of thousands is joined with another one here: what the tables' statistics say cannot make it slow.
STOOD = f"""
fact as (
    select {_COLUMNS}, 1 as kind, f.to_state as state, null::bigint as bearer_id, null::date as last_day {_CHANGE}
    union all select {_COLUMNS}, 2, null, f.agency_id, null {_BEARER}
    union all select {_COLUMNS}, 3, null, null, f.last_day {_DUE}
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
"""
"""Every duty that was asked for, at its instants, in rows of days that neither overlap nor contradict the rule.

`asked` gives the duty with the day on which it begins, each instant, which of its instants this is, and the next one.
"""

# What belongs to a duty for ever, beside what `stood` says of it: d is its row, t its task's.
_SOLE = """
    d.role = 'lead' and not exists (
        select 1 from office_duty other where other.task_id = d.task_id and other.role = 'lead' and other.id <> d.id)
"""
_INTO = """
    insert into office_dutyspan (
        office_id, workflow_id, task_id, duty_id, role, place, sole_lead, bearer_id, state, since, due_on,
        first_due_on, valid_from, valid_until, known_from, known_until)
"""
_OWN = f't.office_id, t.workflow_id, d.task_id, d.id, d.role, d."order", {_SOLE}'
_SAID = "s.bearer_id, s.state, s.since, s.due_on, s.first_due_on, s.valid_from, s.valid_until"
# What an earlier part of the same action made of the same duties is taken back first: it was never known by itself.
REOPEN = """
    with gone as (
        delete from office_dutyspan where duty_id = any(%(duties)s::bigint[]) and known_from = %(now)s
    )
    update office_dutyspan set known_until = null
    where duty_id = any(%(duties)s::bigint[]) and known_until = %(now)s
"""
_CHANGED = " or ".join(
    f"k.{column} is distinct from s.{column}"
    for column in ("valid_until", "state", "since", "bearer_id", "due_on", "first_due_on")
)
KEEP = f"""
    with asked as (
        select d.id as duty_id, greatest(d.assigned_on, t.assigned_on) as begins_on, %(now)s::timestamptz as known_at,
               1 as nth, null::timestamptz as next_at
        from office_duty d join office_task t on t.id = d.task_id where d.id = any(%(duties)s::bigint[])
    ), {STOOD}, held as (
        select * from office_dutyspan where duty_id = any(%(duties)s::bigint[]) and known_until is null
    ), compared as materialized (
        select k.id as former, s.*, k.id is null or s.duty_id is null or {_CHANGED} as is_new
        from held k full join stood s on s.duty_id = k.duty_id and s.valid_from = k.valid_from
    ), closed as (
        update office_dutyspan set known_until = %(now)s
        where id = any(array(select former from compared where is_new and former is not null))
    )
    {_INTO}
    select {_OWN}, {_SAID}, s.known_at, null
    from compared s join office_duty d on d.id = s.duty_id join office_task t on t.id = d.task_id
    where s.is_new
"""
"""The spans of some duties after an action of `now`: those that hold no more are closed, new ones opened."""

NO_LONGER_SOLE = """
    update office_dutyspan k set sole_lead = false
    where k.duty_id in (select d.id from office_duty d where d.task_id = any(%(tasks)s::bigint[]))
      and k.sole_lead and exists (
        select 1 from office_duty other
        where other.task_id = k.task_id and other.role = 'lead' and other.id <> k.duty_id)
"""

# The same from the beginning: how each duty stood as known at every instant at which one of its facts was learned;
# what stayed the same from one instant to the next is one row.
REBUILD = f"""
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
    ), {STOOD}, island as (
        select stood.*, nth - row_number() over (
            partition by duty_id, valid_from, valid_until, state, since, bearer_id, due_on, first_due_on
            order by nth) as run
        from stood
    ), lasting as (
        select duty_id, valid_from, valid_until, state, since, bearer_id, due_on, first_due_on,
               min(known_at) as known_from, case when bool_and(next_at is not null) then max(next_at) end as known_until
        from island group by duty_id, valid_from, valid_until, state, since, bearer_id, due_on, first_due_on, run
    )
    {_INTO}
    select {_OWN}, {_SAID}, s.known_from, s.known_until
    from lasting s join office_duty d on d.id = s.duty_id join office_task t on t.id = d.task_id
"""
