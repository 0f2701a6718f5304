-- name: span
-- When the first and the last photo were taken, from a time on.
select min(coalesce(taken_at, modified_at)), max(coalesce(taken_at, modified_at))
from photo where event_id = %(event)s and state <> 'gone'
    and (%(since)s::timestamptz is null or coalesce(taken_at, modified_at) >= %(since)s);

-- name: slices
-- Photos and faces by slice of time, without the empty slices.
select date_bin(%(width)s, coalesce(taken_at, modified_at), %(start)s), count(*), sum(face_count)
from photo where event_id = %(event)s and state <> 'gone'
    and (%(since)s::timestamptz is null or coalesce(taken_at, modified_at) >= %(since)s)
group by 1 order by 1;

-- name: guests
-- Sessions that showed photos, those that ended without, and the median of the photos shown.
select count(*) filter (where matches > 0),
    count(*) filter (where coalesce(matches, 0) = 0 and ended_at is not null),
    percentile_cont(0.5) within group (order by matches) filter (where matches > 0)
from session where event_id = %(event)s;

-- name: lags
-- Median and 95th percentile of the seconds from a photo's arrival until it could be found, among
-- the last 1,000 that were encoded. A photo from before the event arrived with the event.
select percentile_cont(array[0.5, 0.95]) within group (order by lag) from (
    select greatest(0, extract(epoch from p.encoded_at - greatest(p.modified_at, e.created_at)))
        ::double precision as lag
    from photo p join event e on e.id = p.event_id
    where p.event_id = %(event)s and p.encoded_at is not null
    order by p.encoded_at desc limit 1000
) newest;

-- name: rest
-- Photos in which no face was found, and deliveries that wait.
select (select count(*) from photo
        where event_id = %(event)s and state = 'encoded' and face_count = 0),
    (select count(*) from outbox where event_id = %(event)s and state = 'waiting');
