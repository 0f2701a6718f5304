-- name: one_moment
-- All that this transaction reads is of one moment, whatever others write meanwhile.
set transaction isolation level repeatable read, read only;

-- name: keep_deletions_waiting
-- Lets nobody delete an event before this connection ends: its faces would be missing, the rest not.
select pg_advisory_lock_shared(1163085900);

-- name: one_reader
-- Rows come as they lie in the table: parallel readers would mix them.
select set_config('max_parallel_workers_per_gather', '0', true);

-- name: now
-- The time of the transaction.
select now();

-- name: tables
-- Those of some tables that are there, with the columns that are stored, in their order.
select c.relname, array_agg(a.attname order by a.attnum)
from unnest(%(tables)s::text[]) as t (name)
join pg_class c on c.oid = to_regclass(quote_ident(t.name))
join pg_attribute a on a.attrelid = c.oid
where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
group by c.relname;

-- name: references
-- Which of some tables refers to which other.
select distinct c.relname, o.relname
from unnest(%(tables)s::text[]) as t (name)
join pg_class c on c.oid = to_regclass(quote_ident(t.name))
join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
join pg_class o on o.oid = k.confrelid
where o.relname = any(%(tables)s::text[]) and o.oid <> c.oid;

-- name: size
-- How many bytes the rows of some tables take, with their partitions.
select coalesce(sum(pg_table_size(one.id)), 0)
from (
    select to_regclass(quote_ident(name))::oid as id from unnest(%(tables)s::text[]) as t (name)
    union
    select p.relid::oid from unnest(%(tables)s::text[]) as t (name),
        pg_partition_tree(to_regclass(quote_ident(name))) p
) one
where one.id is not null;

-- name: sequences
-- The last number that each sequence of a table's columns gave away.
select t.name, a.attname, pg_sequence_last_value(s.sequence::regclass)
from unnest(%(tables)s::text[]) as t (name)
join pg_attribute a on a.attrelid = to_regclass(quote_ident(t.name))
    and a.attnum > 0 and not a.attisdropped
cross join lateral pg_get_serial_sequence(quote_ident(t.name), a.attname) as s (sequence)
where s.sequence is not null and pg_sequence_last_value(s.sequence::regclass) is not null
order by t.name, a.attname;

-- name: events
-- All events with how much there is of each, and the path of its logo.
select e.code, e.source, coalesce(e.settings -> 'kiosk' ->> 'logo', ''),
    count(p.id) filter (where p.state <> 'gone'), coalesce(sum(p.face_count), 0)
from event e left join photo p on p.event_id = e.id
group by e.id order by e.id;

-- name: waiting
-- How many deliveries are not made yet.
select count(*) from outbox where state = 'waiting';

-- name: reading
-- The statement that reads a table's rows; of partitions too, which COPY alone does not.
select format('copy (select %%s from %%I) to stdout (format binary)',
    string_agg(quote_ident(c.name), ', ' order by c.place), %(table)s::text)
from unnest(%(columns)s::text[]) with ordinality as c (name, place);
