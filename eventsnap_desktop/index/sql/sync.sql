-- name: create_listing
-- Where a listing is put before it is compared; vanishes with the transaction.
create temporary table listing (
    key text not null, etag text not null, bytes bigint not null, modified_at timestamptz not null
) on commit drop;

-- name: copy_listing
-- Receives a listing in the binary format.
copy listing (key, etag, bytes, modified_at) from stdin with (format binary);

-- name: drop_repeats
-- A key that was listed twice counts once, as it was last modified.
delete from listing l using listing o
where l.key = o.key and (l.modified_at, l.ctid) < (o.modified_at, o.ctid);

-- name: analyze_listing
-- Tells the planner how long the listing is.
analyze listing;

-- name: count_listing
-- How many photos the source holds.
select count(*) from listing;

-- name: change
-- Photos whose bytes may have changed wait again, and so do those that came back.
with changed as (
    select p.id, l.etag, l.bytes, l.modified_at, p.state = 'gone' as back
    from photo p join listing l using (key)
    where p.event_id = %(event)s and (p.etag <> l.etag or p.state = 'gone')
), stored as (
    update photo set state = 'pending', attempts = 0, failure = null,
        etag = c.etag, bytes = c.bytes, modified_at = c.modified_at
    from changed c where photo.id = c.id
    returning c.back
)
select count(*) filter (where not back), count(*) filter (where back) from stored;

-- name: retry
-- Failed photos that may be tried once more.
update photo set state = 'pending'
where event_id = %(event)s and state = 'failed' and attempts < %(max_attempts)s
    and key in (select key from listing);

-- name: insert_new
-- Photos that were never seen wait.
insert into photo (event_id, key, etag, bytes, modified_at)
select %(event)s, l.key, l.etag, l.bytes, l.modified_at from listing l
where not exists (select from photo p where p.event_id = %(event)s and p.key = l.key);

-- name: remove_missing
-- Photos that are no longer listed are gone, and their faces with them.
with missing as (
    update photo set state = 'gone', face_count = 0, content = null, failure = null, attempts = 0,
        slideshow = false
    where event_id = %(event)s and state <> 'gone'
        and not exists (select from listing l where l.key = photo.key)
    returning id
), faces as (
    delete from face where event_id = %(event)s and photo_id in (select id from missing)
)
select id from missing;

-- name: find_one
-- One photo as it stands.
select etag, state from photo where event_id = %(event)s and key = %(key)s;

-- name: store_one
-- One photo waits: it is new, changed, or came back.
insert into photo (event_id, key, etag, bytes, modified_at)
values (%(event)s, %(key)s, %(etag)s, %(bytes)s, %(modified)s)
on conflict (event_id, key) do update set state = 'pending', attempts = 0, failure = null,
    etag = excluded.etag, bytes = excluded.bytes, modified_at = excluded.modified_at;
