-- The whole schema as all migrations leave it, to read and to compare with: a test shows that both
-- are the same. The program itself applies the migrations.

create table schema_version (
    version integer primary key,
    applied_at timestamptz not null default now()
);

create extension if not exists vector;

create table event (
    id integer generated always as identity primary key,
    code text not null unique,
    name text not null,
    source text not null default '',
    model_pack text,
    settings jsonb not null default '{}',
    created_at timestamptz not null default now(),
    keep_until timestamptz,
    archived boolean not null default false,
    cover text,
    deliveries_paused boolean not null default false
);

comment on column event.cover is 'key of the chosen photo; null for the newest with faces';

create table photo (
    id bigint generated always as identity primary key,
    event_id integer not null references event (id) on delete cascade,
    key text not null,
    etag text not null,
    bytes bigint not null,
    modified_at timestamptz not null,
    state text not null default 'pending'
        check (state in ('pending', 'encoded', 'failed', 'gone')),
    attempts integer not null default 0,
    width integer,
    height integer,
    face_count integer not null default 0,
    taken_at timestamptz,
    encoded_at timestamptz,
    content text,
    failure text,
    hidden boolean not null default false,
    slideshow boolean not null default false,
    unique (event_id, key)
);

comment on column photo.etag is 'changes whenever the bytes may have changed';
comment on column photo.content is 'digest of the bytes the faces come from; null without such';
comment on column photo.attempts is 'how often encoding failed since the photo last changed';
comment on column photo.hidden is 'in no gallery and no search';
comment on column photo.slideshow is 'the organizer approved it for the kiosks'' first screen';

create index photo_pending on photo (event_id, modified_at desc, id desc)
    where state = 'pending';
create index photo_failed on photo (event_id, key) where state = 'failed';
create index photo_newest on photo (event_id, coalesce(taken_at, modified_at) desc, id desc);
create index photo_slideshow on photo (event_id, coalesce(taken_at, modified_at) desc, id desc)
    where slideshow;
create index photo_encoded on photo (event_id, encoded_at) where state = 'encoded';

-- Partitions take their ids from one sequence: identity columns of partitioned tables need
-- PostgreSQL 17.
create sequence face_id_seq as bigint;

-- No foreign key to photo: with one, creating or dropping any event's partition would lock the
-- photos of all events. Photos are only ever deleted with their event, and with its partition.
create table face (
    event_id integer not null,
    id bigint not null default nextval('face_id_seq'),
    photo_id bigint not null,
    score real not null,
    quality real not null,
    embedding halfvec(512) not null,
    box real[] not null check (cardinality(box) = 4),
    landmarks real[] not null check (cardinality(landmarks) = 10),
    primary key (event_id, id)
) partition by list (event_id);

alter sequence face_id_seq owned by face.id;
create index face_photo on face (photo_id);
comment on column face.box is 'left, top, width, height in pixels of the upright photo';
comment on column face.landmarks is 'x, y of the eyes, the nose and the corners of the mouth, in pixels';
comment on column face.embedding is 'normalised, of the event''s model pack';

-- An event's partition. It is attached rather than created in place, because that does not wait
-- for, nor hold up, those who read and write other events' faces.
create function create_face_partition(event integer) returns void
language plpgsql as $$
declare
    part text := 'face_' || event;
begin
    execute format('create table %I (like face including defaults including constraints)', part);
    execute format('alter table %I alter column embedding set storage plain', part);
    execute format('alter table face attach partition %I for values in (%s)', part, event);
end
$$;

create function drop_face_partition(event integer) returns void
language plpgsql as $$
begin
    execute format('drop table if exists %I', 'face_' || event);
end
$$;

create table consent (
    id bigint generated always as identity primary key,
    event_id integer not null references event (id) on delete cascade,
    kiosk text not null,
    given_at timestamptz not null default now(),
    text_version text not null,
    language text not null
);
create index consent_event on consent (event_id);

create table session (
    id bigint generated always as identity primary key,
    event_id integer not null references event (id) on delete cascade,
    consent_id bigint references consent (id) on delete set null,
    kiosk text not null,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    matches integer,
    outcome text
);
create index session_event on session (event_id);
create index session_consent on session (consent_id);

create table outbox (
    id bigint generated always as identity primary key,
    event_id integer not null references event (id) on delete cascade,
    session_id bigint references session (id) on delete set null,
    kind text not null check (kind in ('email', 'print', 'share')),
    payload jsonb not null,
    state text not null default 'waiting'
        check (state in ('waiting', 'done', 'failed', 'cancelled')),
    attempts integer not null default 0,
    next_try_at timestamptz not null default now(),
    last_error text,
    idempotency_key text not null unique,
    created_at timestamptz not null default now(),
    claimed_by text,
    claimed_until timestamptz,
    failing_since timestamptz,
    done_at timestamptz,
    detail text not null default '',
    handed_over boolean not null default false
);

comment on column outbox.claimed_by is 'the process that makes it now; null for nobody';
comment on column outbox.claimed_until is 'after this time others may take it on';
comment on column outbox.failing_since is 'the first of the tries that failed one after the other';
comment on column outbox.detail is 'how far it is, for guest and organizer';
comment on column outbox.handed_over is
    'sheets of a print may wait at a print server: they are taken back when it is not to be made';

create index outbox_event on outbox (event_id);
create index outbox_session on outbox (session_id);
create index outbox_due on outbox (next_try_at) where state = 'waiting';
create index outbox_handed_over on outbox (id) where handed_over;

-- The sheets of paper that a print takes, whatever its payload looks like. Prints from before sheets
-- were noted took one for each photo and copy.
create function sheets_of(payload jsonb) returns integer
language sql immutable as $$
    select least(1000000, greatest(0, case
        when jsonb_typeof(payload -> 'sheets') = 'number' then (payload ->> 'sheets')::numeric
        when jsonb_typeof(payload -> 'photos') = 'array'
            then jsonb_array_length(payload -> 'photos') * case jsonb_typeof(payload -> 'copies')
                when 'number' then (payload ->> 'copies')::numeric else 1 end
        else 0 end))::integer
$$;

-- Sheets of deleted events that may still wait at print servers: they are taken back from there.
create table withdrawal (
    id bigint primary key,
    deleted_event integer not null,
    key text not null,
    payload jsonb not null,
    sheets integer not null,
    deleted_at timestamptz not null default now(),
    claimed_by text,
    claimed_until timestamptz,
    taken_back integer
);
comment on table withdrawal is 'prints of deleted events whose sheets may wait at print servers';
comment on column withdrawal.id is 'what outbox.id was';
comment on column withdrawal.payload is 'by what the sheets are known there; nothing of a guest';
comment on column withdrawal.taken_back is 'how many sheets were; null as long as it is not known';

create table share (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    event_id integer not null references event (id) on delete cascade,
    session_id bigint references session (id) on delete set null,
    language text not null,
    photos jsonb not null default '[]',
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    opened boolean not null default false
);

comment on column share.opened is 'whether a phone showed its page, and neither when nor which';
comment on column share.token_hash is 'SHA-256: whoever reads the table cannot open the links';
comment on column share.photos is '[{"id": 7, "faces": [[x, y, width, height]]}], in their order';

create index share_event on share (event_id);
create index share_session on share (session_id);
create index share_expires on share (expires_at);

create table kiosk (
    event_id integer not null references event (id) on delete cascade,
    name text not null,
    state text not null check (state in ('idle', 'in_session', 'paused', 'camera_lost',
        'printer_problem', 'waiting', 'stopped')),
    detail text not null default '',
    started_at timestamptz not null default now(),
    heartbeat_at timestamptz not null default now(),
    primary key (event_id, name)
);

-- Tells listeners once a statement and event that rows changed, as {"subject": ..., "event": ...}.
-- Photos are not told of in this way but with their ids, by whoever changes them.
create function notify_events() returns trigger
language plpgsql as $$
begin
    perform pg_notify('eventsnap', json_build_object('subject', 'events', 'event', id)::text)
    from changed;
    return null;
end
$$;

create function notify_rows_of_events() returns trigger
language plpgsql as $$
begin
    perform pg_notify('eventsnap',
        json_build_object('subject', tg_argv[0], 'event', event_id)::text)
    from (select distinct event_id from changed) one;
    return null;
end
$$;

-- A trigger that sees the rows of its statement belongs to one kind of statement only.
create trigger event_inserted after insert on event referencing new table as changed
    for each statement execute function notify_events();
create trigger event_updated after update on event referencing new table as changed
    for each statement execute function notify_events();
create trigger event_deleted after delete on event referencing old table as changed
    for each statement execute function notify_events();

create trigger outbox_inserted after insert on outbox referencing new table as changed
    for each statement execute function notify_rows_of_events('outbox');
create trigger outbox_updated after update on outbox referencing new table as changed
    for each statement execute function notify_rows_of_events('outbox');
create trigger outbox_deleted after delete on outbox referencing old table as changed
    for each statement execute function notify_rows_of_events('outbox');

create trigger kiosk_inserted after insert on kiosk referencing new table as changed
    for each statement execute function notify_rows_of_events('kiosks');
create trigger kiosk_updated after update on kiosk referencing new table as changed
    for each statement execute function notify_rows_of_events('kiosks');
create trigger kiosk_deleted after delete on kiosk referencing old table as changed
    for each statement execute function notify_rows_of_events('kiosks');

create trigger session_inserted after insert on session referencing new table as changed
    for each statement execute function notify_rows_of_events('sessions');
create trigger session_updated after update on session referencing new table as changed
    for each statement execute function notify_rows_of_events('sessions');
create trigger session_deleted after delete on session referencing old table as changed
    for each statement execute function notify_rows_of_events('sessions');

create trigger share_inserted after insert on share referencing new table as changed
    for each statement execute function notify_rows_of_events('shares');
create trigger share_updated after update on share referencing new table as changed
    for each statement execute function notify_rows_of_events('shares');

-- Whoever deletes an event, and whyever: what it printed by half must not come out any more.
create function keep_prints_of_deleted() returns trigger
language plpgsql as $$
begin
    delete from withdrawal
    where deleted_at < now() - case when taken_back is null then interval '30 days'
        else interval '1 day' end;
    insert into withdrawal (id, deleted_event, key, payload, sheets)
    select id, event_id, idempotency_key, jsonb_build_object(
        'photos', payload -> 'photos', 'copies', payload -> 'copies',
        'printer', payload -> 'printer', 'machine', payload -> 'machine'), sheets_of(payload)
    from outbox
    where event_id = old.id and handed_over and kind = 'print' and state <> 'done'
    for update;
    return old;
end
$$;
create trigger event_takes_prints_along before delete on event
    for each row execute function keep_prints_of_deleted();
