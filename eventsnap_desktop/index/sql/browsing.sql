-- name: list_ids
-- The ids of the photos that fit, newest first, as 8 bytes each: one value, so that 50,000 of them
-- are no loop in the client.
select string_agg(int8send(id), '' order by coalesce(taken_at, modified_at) desc, id desc)
from photo
where event_id = %(event)s and state <> 'gone'
    and case %(kind)s::text
        when 'with_faces' then face_count > 0
        when 'without_faces' then state = 'encoded' and face_count = 0
        when 'failed' then state = 'failed'
        when 'pending' then state = 'pending'
        when 'hidden' then hidden
        when 'slideshow' then slideshow
        else true end
    and (%(part)s::text is null or key ~ %(part)s)
    and coalesce(taken_at, modified_at) >= coalesce(%(since)s::timestamptz, '-infinity')
    and (%(until)s::timestamptz is null or coalesce(taken_at, modified_at) < %(until)s);

-- name: rows
-- Some photos as a grid shows them.
select id, key, etag, state, hidden, face_count, bytes, width, height,
    coalesce(taken_at, modified_at), failure, slideshow
from photo where event_id = %(event)s and id = any(%(photos)s::bigint[]) and state <> 'gone';

-- name: find
-- The photo of a key.
select id, key, etag, state, hidden, face_count, bytes, width, height,
    coalesce(taken_at, modified_at), failure, slideshow
from photo where event_id = %(event)s and key = %(key)s and state <> 'gone';

-- name: faces
-- The faces of one photo, from left to right.
select id, box, landmarks, score, quality, embedding from face
where event_id = %(event)s and photo_id = %(photo)s order by box[1], id;

-- name: set_hidden
-- Hides photos or shows them again; those that were not so before.
update photo set hidden = %(hidden)s
where event_id = %(event)s and id = any(%(photos)s::bigint[]) and hidden <> %(hidden)s
returning id;

-- name: set_slideshow
-- Approves photos for the kiosks' first screen or takes that back; those that were not so before.
update photo set slideshow = %(on)s
where event_id = %(event)s and id = any(%(photos)s::bigint[]) and slideshow <> %(on)s
returning id;

-- name: retry
-- Failed photos wait again as if never tried: all, or some, or those of one reason.
update photo set state = 'pending', attempts = 0, failure = null
where event_id = %(event)s and state = 'failed'
    and (%(photos)s::bigint[] is null or id = any(%(photos)s))
    and (%(reason)s::text is null or coalesce(failure, '') = %(reason)s)
returning id;

-- name: failures
-- Why photos failed, most frequent reason first.
select coalesce(failure, ''), count(*) from photo
where event_id = %(event)s and state = 'failed' group by 1 order by 2 desc, 1;
