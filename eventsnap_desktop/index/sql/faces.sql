-- name: read_in
-- Every face of an event at or above a similarity, without those of hidden photos or with them, in
-- the order of the table: streams what is not in memory yet. The lateral join reads photos for the hits only; "offset 0" keeps the planner
-- from joining all photos.
select f.id, f.photo_id, p.key, f.quality, f.box, f.embedding
from face f cross join lateral (
    select key from photo where id = f.photo_id and (not hidden or %(hidden)s) offset 0
) p
where f.event_id = %(event)s and (f.embedding <#> %(template)s::halfvec) <= %(limit)s;

-- name: search
-- The same among the faces between two numbers, newest first. Rows are stored from the end of a
-- page to its beginning, so that this order reads memory upwards, as processors read ahead.
select f.id, f.photo_id, p.key, f.quality, f.box, f.embedding
from face f cross join lateral (
    select key from photo where id = f.photo_id and (not hidden or %(hidden)s) offset 0
) p
where f.event_id = %(event)s and (f.embedding <#> %(template)s::halfvec) <= %(limit)s
    and f.id >= %(first)s and f.id < %(end)s
order by f.id desc;

-- name: search_photos
-- Faces of some photos at or above a similarity, without those of hidden photos.
select f.id, f.photo_id, p.key, f.quality, f.box, f.embedding
from face f cross join lateral (
    select key from photo where id = f.photo_id and not hidden offset 0
) p
where f.event_id = %(event)s and f.photo_id = any(%(photos)s::bigint[])
    and (f.embedding <#> %(template)s::halfvec) <= %(limit)s;

-- name: look_at_one_moment
-- Has all statements of the transaction see the rows as of one moment.
set transaction isolation level repeatable read, read only;

-- name: share_moment
-- A name by which other connections see the rows as of the same moment, and the table's blocks.
select pg_export_snapshot(),
    coalesce(pg_relation_size(to_regclass('face_' || %(event)s::integer))
        / current_setting('block_size')::integer, 0);

-- name: join_moment
-- Sees the rows as another connection does.
set transaction snapshot %(moment)s;

-- name: face_near
-- A face that lies about there in the table.
select id from face where event_id = %(event)s and ctid >= %(place)s::tid limit 1;

-- name: newest_first
-- Has this transaction's search go by the index, which the planner takes for slower.
select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
    set_config('enable_tidscan', 'off', true), set_config('enable_sort', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true);

-- name: count
-- How many faces an event has.
select coalesce(sum(face_count), 0) from photo where event_id = %(event)s and face_count > 0;

-- name: erase
-- Takes faces out and corrects their photos; the photos that changed, with how many faces each.
with erased as (
    delete from face where event_id = %(event)s and id = any(%(faces)s::bigint[])
    returning photo_id
), per_photo as (
    select photo_id, count(*) as faces from erased group by photo_id
)
update photo set face_count = face_count - per_photo.faces
from per_photo where photo.id = per_photo.photo_id
returning photo.id, per_photo.faces;
