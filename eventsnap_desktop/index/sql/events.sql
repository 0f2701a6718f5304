-- name: find
-- The event of a code.
select id, code, name, source, model_pack, created_at, keep_until
from event where code = %(code)s;

-- name: list
-- All events, newest first.
select id, code, name, source, model_pack, created_at, keep_until
from event order by created_at desc, id desc;

-- name: create
-- A new event; no row when the code is taken.
insert into event (code, name, source) values (%(code)s, %(name)s, %(source)s)
on conflict (code) do nothing returning id;

-- name: create_partition
-- The place of a new event's faces.
select create_face_partition(%(event)s);

-- name: set_source
-- Where an event's photos come from; writes nothing when that is known.
update event set source = %(source)s where id = %(event)s and source <> %(source)s;

-- name: exists
-- Whether there is such an event.
select true from event where id = %(event)s;

-- name: claim_pack
-- Binds an event to a model pack while it holds no faces of another.
update event set model_pack = %(pack)s
where id = %(event)s and model_pack is distinct from %(pack)s
    and (model_pack is null or not exists (select from face where event_id = %(event)s));

-- name: encode_again
-- Photos in which another pack found no face wait for the event's new pack.
update photo set state = 'pending', content = null
where event_id = %(event)s and state = 'encoded';

-- name: pack
-- The event's model pack.
select model_pack from event where id = %(event)s;

-- name: counts
-- Photos by state, photos without a face, and faces.
select count(*) filter (where state = 'pending'), count(*) filter (where state = 'encoded'),
    count(*) filter (where state = 'failed'), count(*) filter (where state = 'gone'),
    count(*) filter (where state = 'encoded' and face_count = 0),
    coalesce(sum(face_count), 0)
from photo where event_id = %(event)s;

-- name: failed
-- Failed photos and why, by key.
select key, failure from photo where event_id = %(event)s and state = 'failed' order by key;

-- name: try_encoding
-- Whether nobody encodes the event; if so nobody begins to before this transaction ends.
select pg_try_advisory_xact_lock(1163085898, %(event)s);

-- name: wait_for
-- How long this transaction waits for others' locks.
select set_config('lock_timeout', %(seconds)s, true);

-- name: after_backups
-- Waits until no backup of ours reads; those that begin now wait for the end of this transaction.
select pg_advisory_xact_lock(1163085900);

-- name: drop_partition
-- Takes all faces of an event away at once.
select drop_face_partition(%(event)s);

-- name: delete
-- An event with its photos, consents, sessions and deliveries.
delete from event where id = %(event)s;
