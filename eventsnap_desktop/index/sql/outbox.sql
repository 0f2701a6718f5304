-- name: claim
-- Takes on the delivery that is due longest and that nobody makes; no row when none is due. What is
-- claimed although somebody claimed it before was left by a process that ended: a try that failed.
with due as (
    select o.id from outbox o join event e on e.id = o.event_id
    where o.state = 'waiting' and o.next_try_at <= now()
        and (o.claimed_until is null or o.claimed_until <= now())
        and not e.deliveries_paused
        and (%(event)s::integer is null or o.event_id = %(event)s)
        and o.kind = any(%(kinds)s::text[])
        and (
            o.kind <> 'print' or (
                o.payload ->> 'printer' <> all(%(but)s::text[])
                and case when coalesce(o.payload ->> 'machine', '') = '' or %(others)s
                    and o.payload ->> 'machine' <> %(machine)s
                then o.payload ->> 'printer' = any(%(printers)s::text[])
                else o.payload ->> 'machine' = %(machine)s end
            )
        )
        and (
            o.kind <> 'email' or o.payload -> 'photos' is distinct from '[]'
            or exists (
                select from photo p
                where p.event_id = o.event_id and p.state = 'encoded' and not p.hidden
                    and p.encoded_at > o.created_at
            )
        )
    order by o.next_try_at, o.id limit 1
    for update of o skip locked
)
update outbox o set claimed_by = %(me)s, claimed_until = now() + %(lease)s * interval '1 second',
    attempts = o.attempts + (o.claimed_by is not null)::integer, detail = '',
    handed_over = o.kind = 'print'
from due, event e where o.id = due.id and e.id = o.event_id
returning o.id, o.idempotency_key || coalesce('-' || (o.payload ->> 'again'), ''), o.kind, o.event_id, e.code, o.payload, o.created_at, o.attempts,
    o.failing_since;

-- name: claim_withdrawal
-- Takes on a print that is not to be made and whose sheets may wait at a print server; no row when
-- there is none. While somebody has taken the print itself on, it is theirs.
with due as (
    select o.id from outbox o
    where o.handed_over and o.kind = 'print' and o.state in ('cancelled', 'failed')
        and (o.claimed_until is null or o.claimed_until <= now())
        and (%(event)s::integer is null or o.event_id = %(event)s)
        and case when coalesce(o.payload ->> 'machine', '') = '' or %(others)s
            and o.payload ->> 'machine' <> %(machine)s
        then o.payload ->> 'printer' = any(%(printers)s::text[])
        else o.payload ->> 'machine' = %(machine)s end
    order by o.claimed_until nulls first, o.id limit 1
    for update of o skip locked
)
update outbox o set claimed_by = %(me)s, claimed_until = now() + %(lease)s * interval '1 second'
from due where o.id = due.id
returning o.id, o.idempotency_key, o.payload;

-- name: withdrawn
-- Nothing of a print that is not to be made waits any more, or it is looked for again later. One
-- that is to be made after all may be handed over at once.
update outbox set
    handed_over = %(after)s::float8 > 0 or state = 'waiting',
    claimed_by = case when %(after)s::float8 > 0 and state <> 'waiting' then claimed_by end,
    claimed_until = case when %(after)s::float8 > 0 and state <> 'waiting'
        then now() + %(after)s * interval '1 second' end
where id = %(id)s and claimed_by = %(me)s;

-- name: photos
-- Those of some photos that may be handed out.
select id, key, width, height, coalesce(taken_at, modified_at) from photo
where event_id = %(event)s and id = any(%(photos)s::bigint[])
    and state in ('pending', 'encoded') and not hidden
    and width is not null and height is not null;

-- name: keep
-- Extends the time for which a delivery is ours; no row when it is not any more.
update outbox set claimed_until = now() + %(lease)s * interval '1 second'
where id = %(id)s and state = 'waiting' and claimed_by = %(me)s returning id;

-- name: tell
-- How far a delivery of ours is.
update outbox set detail = %(sentence)s
where id = %(id)s and state = 'waiting' and claimed_by = %(me)s and detail <> %(sentence)s;

-- name: done
-- A delivery of ours was made.
update outbox set state = 'done', done_at = now(), claimed_by = null, claimed_until = null,
    failing_since = null, last_error = null, detail = '', handed_over = false
where id = %(id)s and state = 'waiting' and claimed_by = %(me)s;

-- name: try_again
-- A try failed, and the next one is due later.
update outbox set attempts = attempts + 1, last_error = %(sentence)s,
    next_try_at = now() + %(after)s * interval '1 second',
    failing_since = coalesce(failing_since, now()),
    claimed_by = null, claimed_until = null, detail = ''
where id = %(id)s and state = 'waiting' and claimed_by = %(me)s;

-- name: put_off
-- A delivery of ours was not tried, and is due later.
update outbox set last_error = coalesce(%(sentence)s::text, last_error),
    next_try_at = case when %(after)s::float8 > 0
        then now() + %(after)s * interval '1 second' else next_try_at end,
    claimed_by = null, claimed_until = null, detail = ''
where id = %(id)s and state = 'waiting' and claimed_by = %(me)s;

-- name: failed
-- A delivery of ours cannot be made.
update outbox set state = 'failed', attempts = attempts + 1, last_error = %(sentence)s,
    claimed_by = null, claimed_until = null, detail = ''
where id = %(id)s and state = 'waiting' and claimed_by = %(me)s;

-- name: is_cancelled
-- Whether a delivery was cancelled.
select state = 'cancelled' from outbox where id = %(id)s;

-- name: hurry
-- Deliveries that failed are due now: what they waited for works again.
update outbox set next_try_at = now()
where state = 'waiting' and kind = any(%(kinds)s::text[]) and failing_since is not null
    and next_try_at > now() and claimed_by is null;

-- name: let_go
-- What a process that is gone had taken on is due now, as a try that failed.
update outbox set claimed_until = now()
where state = 'waiting' and claimed_by = %(gone)s and claimed_until > now();

-- name: claimants
-- The processes that have taken something on.
select distinct claimed_by from outbox
where state = 'waiting' and claimed_by is not null and claimed_until > now();

-- name: settings
-- The name and everything that is set for an event.
select name, settings from event where id = %(event)s;

-- name: mails_sent
-- How many e-mails were sent since a time: one to each address.
select coalesce(sum(case jsonb_typeof(payload -> 'to')
    when 'array' then jsonb_array_length(payload -> 'to') else 1 end), 0)
from outbox
where event_id = %(event)s and kind = 'email' and state = 'done' and done_at >= %(since)s;
