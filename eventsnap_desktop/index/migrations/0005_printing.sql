-- What printing works with: sheets that may still come out of a printer, and how many there are.

alter table outbox add column handed_over boolean not null default false;
comment on column outbox.handed_over is
    'sheets of a print may wait at a print server: they are taken back when it is not to be made';
update outbox set handed_over = true
where kind = 'print' and state = 'waiting' and (attempts > 0 or claimed_by is not null);
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
