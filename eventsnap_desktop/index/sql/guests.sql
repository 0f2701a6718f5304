-- name: glance
-- How many photos of an event can be found, and when the newest was taken; no row when the event
-- is not there.
select p.photos, p.newest from event e
cross join lateral (
    select count(*) as photos, max(coalesce(taken_at, modified_at)) as newest
    from photo where event_id = e.id and state = 'encoded' and not hidden
) p
where e.id = %(event)s;

-- name: slideshow
-- Photos that everybody may see, newest first. One whose bytes may have changed waits to be encoded
-- and is not shown.
select id, key, etag, coalesce(taken_at, modified_at), width, height from photo
where event_id = %(event)s and slideshow and state = 'encoded' and not hidden
    and width is not null and height is not null
order by coalesce(taken_at, modified_at) desc, id desc limit %(limit)s;

-- name: consent
-- Consent was given now; no row when the event is not there.
insert into consent (event_id, kiosk, text_version, language)
select id, %(kiosk)s, %(version)s, %(language)s from event where id = %(event)s for key share
returning id;

-- name: begin
-- A visit begins now; no row when the event is not there.
insert into session (event_id, consent_id, kiosk)
select id, %(consent)s::bigint, %(kiosk)s from event where id = %(event)s for key share
returning id;

-- name: end
-- A visit ends now, unless it ended before.
update session set ended_at = now(), matches = %(matches)s::integer, outcome = %(outcome)s
where id = %(session)s and ended_at is null;

-- name: photos
-- Some photos as a gallery shows them.
select id, key, etag, coalesce(taken_at, modified_at), width, height from photo
where event_id = %(event)s and id = any(%(photos)s::bigint[])
    and state in ('pending', 'encoded') and not hidden
    and width is not null and height is not null;

-- name: browse
-- Photos of a time, newest first.
select id, key, etag, coalesce(taken_at, modified_at), width, height from photo
where event_id = %(event)s and state in ('pending', 'encoded') and not hidden
    and width is not null and height is not null
    and coalesce(taken_at, modified_at) >= coalesce(%(since)s::timestamptz, '-infinity')
    and (%(until)s::timestamptz is null or coalesce(taken_at, modified_at) < %(until)s)
order by coalesce(taken_at, modified_at) desc, id desc limit %(limit)s;

-- name: quarters
-- The quarters of an hour that have photos, newest first: every place's time differs from UTC by
-- whole quarters, so that they can be joined to hours of any place.
select distinct date_bin('15 minutes', coalesce(taken_at, modified_at), timestamptz 'epoch')
from photo
where event_id = %(event)s and state in ('pending', 'encoded') and not hidden
    and width is not null and height is not null
order by 1 desc;

-- name: order
-- A wish goes into the outbox; no row when it is there already, or when the event is not there.
insert into outbox (event_id, session_id, kind, payload, idempotency_key)
select id, %(session)s::bigint, %(kind)s, %(payload)s, %(key)s
from event where id = %(event)s for key share
on conflict (idempotency_key) do nothing
returning id;

-- name: ordered
-- The delivery that a wish became.
select id from outbox where event_id = %(event)s and idempotency_key = %(key)s;

-- name: deliveries
-- What a visit asked for, oldest first, with how many photos each holds.
select o.id, o.kind, o.state,
    case jsonb_typeof(o.payload -> 'photos')
        when 'array' then jsonb_array_length(o.payload -> 'photos') else 0 end,
    o.attempts, e.deliveries_paused, o.detail
from outbox o join event e on e.id = o.event_id
where o.session_id = %(session)s order by o.created_at, o.id;

-- name: prints
-- The sheets of prints that wait or were made: of one visit, and of the whole event.
select coalesce(sum(sheets_of(payload)) filter (where session_id = %(session)s), 0),
    coalesce(sum(sheets_of(payload)), 0)
from outbox
where event_id = %(event)s and kind = 'print' and state in ('waiting', 'done');

-- name: lock_prints
-- What is set for an event's kiosks, once nobody else orders prints; no row when it is not there.
select settings -> 'kiosk' from event where id = %(event)s for no key update;
