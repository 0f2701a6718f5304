-- name: give_up_soon
-- Rather no answer than a load on a server that is busy with guests.
set local statement_timeout = '10s';

-- name: now
-- The time of the server, against which its rows are judged.
select now();

-- name: events
-- Events, newest first, with their photos and deliveries by state, and whether they are encoded now.
with encoding as (
    select l.objid::bigint as event_id from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2
        and l.classid::bigint = 1163085898 and d.datname = current_database()
)
select e.id, e.code, e.name, e.source, e.model_pack, e.created_at, e.keep_until,
    e.archived, e.id in (select event_id from encoding),
    p.pending, p.encoded, p.failed, p.gone, p.without_faces, p.faces, p.last_encoded_at,
    o.waiting, o.later, o.failed, e.deliveries_paused, o.oldest_at
from event e
cross join lateral (
    select count(*) filter (where state = 'pending') as pending,
        count(*) filter (where state = 'encoded') as encoded,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'gone') as gone,
        count(*) filter (where state = 'encoded' and face_count = 0) as without_faces,
        coalesce(sum(face_count), 0) as faces, max(encoded_at) as last_encoded_at
    from photo where event_id = e.id
) p
cross join lateral (
    select count(*) filter (where not is_later) as waiting,
        count(*) filter (where is_later) as later,
        (select count(*) from outbox where event_id = e.id and state = 'failed') as failed,
        min(created_at) filter (where not is_later) as oldest_at
    from (
        select created_at, kind = 'email' and payload -> 'photos' = '[]' as is_later
        from outbox where event_id = e.id and state = 'waiting'
    ) undone
) o
where %(code)s::text is null or e.code = %(code)s
order by e.created_at desc, e.id desc;
