-- name: patience
-- How long this transaction waits for those who use the tables.
select set_config('lock_timeout', '10s', true);

-- name: hold_events
-- From now on until the end of this transaction nobody else makes an event.
lock table event in share row exclusive mode;

-- name: count_events
-- How many events there are.
select count(*) from event;

-- name: dropping
-- The statements that take our tables and functions away.
select format('drop table if exists %%I cascade', name)
from unnest(%(tables)s::text[]) as t (name)
union all
select format('drop function if exists %%s cascade', p.oid::regprocedure) from pg_proc p
where p.proname = any(%(functions)s::text[])
    and p.pronamespace = (select relnamespace from pg_class where oid = to_regclass('event'));

-- name: writing
-- The statement that takes a table's rows in: events that are not over, and what belongs to them.
select format('copy %%I (%%s) from stdin (format binary) where %%s', %(table)s::text,
    (select string_agg(quote_ident(c.name), ', ' order by c.place)
        from unnest(%(columns)s::text[]) with ordinality as c (name, place)),
    case
        when %(table)s = 'event' then 'keep_until is null or keep_until > now()'
        when 'event_id' = any(%(columns)s::text[])
            then format('event_id = any(%%L::integer[])', %(events)s::integer[])
        else 'true'
    end);

-- name: make_partitions
-- The places of the faces.
select create_face_partition(id) from event order by id;

-- name: events
-- The events that there are now.
select id, code, source from event order by id;

-- name: set_sequence
-- The last number that a column's sequence gave away.
select setval(pg_get_serial_sequence(quote_ident(%(table)s), %(column)s), %(last)s);

-- name: let_go
-- Whoever had taken deliveries on is gone.
update outbox set claimed_by = null, claimed_until = null, detail = ''
where claimed_by is not null;

-- name: hold_deliveries
-- Events whose deliveries wait: they are held back until somebody lets them go on.
update event set deliveries_paused = true
where not deliveries_paused
    and id in (select event_id from outbox where state = 'waiting');

-- name: waiting
-- How many deliveries wait, and of how many of them the event is held back.
select count(*), count(*) filter (where e.deliveries_paused)
from outbox o join event e on e.id = o.event_id where o.state = 'waiting';

-- name: look_over
-- So that the first queries know what is in the tables.
analyze;
