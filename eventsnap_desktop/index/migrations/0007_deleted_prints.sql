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
