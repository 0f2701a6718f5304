-- What the organizer's window works with: hidden photos, archived events, kiosks, word of changes.

alter table event
    add column archived boolean not null default false,
    add column cover text,
    add column deliveries_paused boolean not null default false;
comment on column event.cover is 'key of the chosen photo; null for the newest with faces';

alter table photo add column hidden boolean not null default false;
comment on column photo.hidden is 'in no gallery and no search';
create index photo_newest on photo (event_id, coalesce(taken_at, modified_at) desc, id desc);

-- Deliveries from before count as made at the time of this migration.
alter table outbox add column created_at timestamptz not null default now();

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
