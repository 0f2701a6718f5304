-- name: list
-- Deliveries, newest first, with how many photos each holds whatever its payload looks like.
select id, kind, state,
    case jsonb_typeof(payload -> 'photos')
        when 'array' then jsonb_array_length(payload -> 'photos') else 0 end,
    attempts, created_at, next_try_at, last_error, detail
from outbox where event_id = %(event)s and (%(state)s::text is null or state = %(state)s)
order by created_at desc, id desc limit %(limit)s;

-- name: counts
-- Deliveries by state, and whether they are held back.
select count(*) filter (where state = 'waiting'), count(*) filter (where state = 'done'),
    count(*) filter (where state = 'failed'), count(*) filter (where state = 'cancelled'),
    coalesce((select deliveries_paused from event where id = %(event)s), false)
from outbox where event_id = %(event)s;

-- name: retry
-- Deliveries that are not done are tried at once, as if never tried.
update outbox set state = 'waiting', attempts = 0, failing_since = null, next_try_at = now()
where id = any(%(deliveries)s::bigint[]) and state <> 'done';

-- name: cancel
-- Deliveries that were not made yet are not made.
update outbox set state = 'cancelled', detail = ''
where id = any(%(deliveries)s::bigint[]) and state in ('waiting', 'failed');

-- name: set_paused
-- Holds an event's deliveries back or lets them go on; no row when the event is not there.
update event set deliveries_paused = %(paused)s where id = %(event)s returning id;

-- name: notify
-- Tells whoever looks at the outbox of an event.
select pg_notify('eventsnap', %(payload)s);
