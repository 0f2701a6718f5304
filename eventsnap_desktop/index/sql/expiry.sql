-- name: now
-- The time of the server.
select now();

-- name: warn
-- Notes when events in their last days were first announced. A note of another date than the
-- event's, or of a time that is yet to come (the clock was wrong then), counts for nothing.
update event set settings =
    case jsonb_typeof(settings) when 'object' then settings else jsonb_build_object() end
    || jsonb_build_object('expiry', jsonb_build_object(
        'until', extract(epoch from keep_until), 'warned_at', extract(epoch from now())))
where keep_until < now() + %(ahead)s
    and ((settings -> 'expiry' -> 'until') is distinct from to_jsonb(extract(epoch from keep_until))
        or to_timestamp((settings -> 'expiry' ->> 'warned_at')::double precision) > now());

-- name: coming
-- Events in their last days or past them, the first to end first, with when they were announced.
select id, code, name, source, model_pack, created_at, keep_until,
    to_timestamp((settings -> 'expiry' ->> 'warned_at')::double precision),
    (select count(*) from outbox where event_id = event.id and state = 'waiting')
from event
where keep_until < now() + %(ahead)s
    and (settings -> 'expiry' -> 'until') = to_jsonb(extract(epoch from keep_until))
order by keep_until, id;

-- name: one_at_a_time
-- Lets those that delete the same event by its date do so one after the other.
select pg_advisory_xact_lock(1163085899, %(event)s);

-- name: is_due
-- Whether an event is still to be deleted, now that nobody else can; its date cannot change
-- before this transaction ends.
select true from event
where id = %(event)s and keep_until <= now()
    and (settings -> 'expiry' -> 'until') = to_jsonb(extract(epoch from keep_until))
    and to_timestamp((settings -> 'expiry' ->> 'warned_at')::double precision) <= now() - %(before)s
for update;
