-- What delivering works with: who has taken a delivery on, how far it is, and links for phones.

alter table outbox
    add column claimed_by text,
    add column claimed_until timestamptz,
    add column failing_since timestamptz,
    add column done_at timestamptz,
    add column detail text not null default '';
comment on column outbox.claimed_by is 'the process that makes it now; null for nobody';
comment on column outbox.claimed_until is 'after this time others may take it on';
comment on column outbox.failing_since is 'the first of the tries that failed one after the other';
comment on column outbox.detail is 'how far it is, for guest and organizer';

-- Whether an event got photos since a guest left, asked for each guest who wants to be told.
create index photo_encoded on photo (event_id, encoded_at) where state = 'encoded';

create table share (
    token_hash bytea primary key check (octet_length(token_hash) = 32),
    event_id integer not null references event (id) on delete cascade,
    session_id bigint references session (id) on delete set null,
    language text not null,
    photos jsonb not null default '[]',
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
comment on column share.token_hash is 'SHA-256: whoever reads the table cannot open the links';
comment on column share.photos is '[{"id": 7, "faces": [[x, y, width, height]]}], in their order';
create index share_event on share (event_id);
create index share_session on share (session_id);
create index share_expires on share (expires_at);
