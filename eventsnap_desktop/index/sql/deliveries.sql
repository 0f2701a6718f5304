-- name: list
-- Deliveries, newest first, with how many photos each holds whatever its payload looks like.
select id, kind, state,
    case jsonb_typeof(payload -> 'photos')
        when 'array' then jsonb_array_length(payload -> 'photos') else 0 end,
    attempts, created_at, next_try_at, last_error, detail
from outbox where event_id = %(event)s and (%(state)s::text is null or state = %(state)s)
    and (%(kind)s::text is null or kind = %(kind)s)
order by created_at desc, id desc limit %(limit)s;

-- name: counts
-- Deliveries by state, and whether they are held back.
select count(*) filter (where state = 'waiting'), count(*) filter (where state = 'done'),
    count(*) filter (where state = 'failed'), count(*) filter (where state = 'cancelled'),
    coalesce((select deliveries_paused from event where id = %(event)s), false)
from outbox where event_id = %(event)s and (%(kind)s::text is null or kind = %(kind)s);

-- name: details
-- One delivery as it is listed, with everything that was asked for.
select id, kind, state,
    case jsonb_typeof(payload -> 'photos')
        when 'array' then jsonb_array_length(payload -> 'photos') else 0 end,
    attempts, created_at, next_try_at, last_error, detail,
    payload, done_at, state = 'waiting' and coalesce(claimed_until > now(), false)
from outbox where id = %(delivery)s;

-- name: day
-- What was handed out since a time, by address, sheet and link, what failed, and which mails wait.
select
    coalesce(sum(case jsonb_typeof(payload -> 'to')
        when 'array' then jsonb_array_length(payload -> 'to') else 1 end)
        filter (where kind = 'email' and state = 'done' and done_at >= %(since)s), 0),
    coalesce(sum(sheets_of(payload))
        filter (where kind = 'print' and state = 'done' and done_at >= %(since)s), 0),
    (select count(*) from share where event_id = %(event)s and created_at >= %(since)s),
    count(*) filter (where state = 'failed' and created_at >= %(since)s),
    count(*) filter (where kind = 'email' and state = 'waiting' and next_try_at <= now()
        and payload -> 'photos' is distinct from '[]')
from outbox where event_id = %(event)s;

-- name: retry
-- Deliveries that are not done are tried at once, as if never tried.
update outbox set state = 'waiting', attempts = 0, failing_since = null, next_try_at = now()
where id = any(%(deliveries)s::bigint[]) and state <> 'done';

-- name: resend
-- An e-mail goes to other addresses, at once and as if never tried; whoever sends it now loses it.
-- One that was sent already is another e-mail from now on: mail programs show none of one id twice.
update outbox set payload = payload || jsonb_build_object('to', %(to)s::jsonb)
        || case when state = 'done'
            then jsonb_build_object('again', coalesce((payload ->> 'again')::integer, 0) + 1)
            else jsonb_build_object() end,
    state = 'waiting', attempts = 0, next_try_at = now(), failing_since = null, done_at = null,
    last_error = null, detail = '', claimed_by = null, claimed_until = null
where id = %(delivery)s and kind = 'email' and jsonb_typeof(payload) = 'object';

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
