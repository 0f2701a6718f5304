-- name: lock_event
-- Lets one transaction at a time change an event's photos and faces, so that none can deadlock.
select pg_advisory_xact_lock(1163085897, %(event)s);

-- name: event_exists
-- Whether there is such an event; under its lock it then stays until the transaction ends.
select true from event where id = %(event)s;

-- name: next_pending
-- Photos that wait, newest first, without those in work.
select id, key, etag, content from photo
where event_id = %(event)s and state = 'pending' and id <> all(%(without)s::bigint[])
order by modified_at desc, id desc limit %(limit)s;

-- name: pending_among
-- Those of some keys that wait, without those in work.
select id, key, etag, content from photo
where event_id = %(event)s and state = 'pending' and key = any(%(keys)s::text[])
    and id <> all(%(without)s::bigint[])
order by modified_at desc, id desc;

-- name: count_pending
-- How many photos wait.
select count(*) from photo where event_id = %(event)s and state = 'pending';

-- name: mark_gone
-- One photo left the source; no row when that is known already.
update photo set state = 'gone', face_count = 0, content = null, failure = null, attempts = 0,
    slideshow = false
where event_id = %(event)s and id = %(photo)s and state <> 'gone'
returning id;

-- name: delete_faces
-- The faces of some photos.
delete from face where event_id = %(event)s and photo_id = any(%(photos)s::bigint[]);

-- name: waiting
-- Those of some photos that wait, as they stand now.
select id, etag, content from photo
where event_id = %(event)s and id = any(%(photos)s::bigint[]) and state = 'pending';

-- name: copy_faces
-- Receives faces in the binary format.
copy face (event_id, photo_id, score, quality, embedding, box, landmarks)
from stdin with (format binary);

-- name: store_encoded
-- Photos whose faces were just written. Other bytes than before are not what was approved.
update photo set state = 'encoded', attempts = 0, failure = null, encoded_at = now(),
    content = r.content, width = r.width, height = r.height, taken_at = r.taken_at,
    face_count = r.faces, slideshow = slideshow and coalesce(photo.content = r.content, true)
from unnest(%(ids)s::bigint[], %(contents)s::text[], %(widths)s::integer[],
        %(heights)s::integer[], %(taken)s::timestamptz[], %(faces)s::integer[])
    as r (id, content, width, height, taken_at, faces)
where photo.id = r.id;

-- name: store_unchanged
-- Photos whose bytes are those their faces came from: only the etag had moved.
update photo set state = 'encoded', attempts = 0, failure = null where id = any(%(ids)s::bigint[]);

-- name: store_failed
-- Photos that could not be encoded, and why.
update photo set state = 'failed', attempts = attempts + 1, failure = r.failure,
    content = null, face_count = 0, encoded_at = null, slideshow = false
from unnest(%(ids)s::bigint[], %(failures)s::text[]) as r (id, failure)
where photo.id = r.id;

-- name: notify
-- Tells whoever listens which photos of which event changed.
select pg_notify('eventsnap', payload) from unnest(%(payloads)s::text[]) as payload;
