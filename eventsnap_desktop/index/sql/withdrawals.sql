-- name: claim
-- Takes on a print of a deleted event whose sheets may wait at a print server here; no row when
-- there is none.
with due as (
    select w.id from withdrawal w
    where w.taken_back is null
        and (w.claimed_until is null or w.claimed_until <= now())
        and (%(event)s::integer is null or w.deleted_event = %(event)s)
        and case when coalesce(w.payload ->> 'machine', '') = '' or %(others)s
            and w.payload ->> 'machine' <> %(machine)s
        then w.payload ->> 'printer' = any(%(printers)s::text[])
        else w.payload ->> 'machine' = %(machine)s end
    order by w.claimed_until nulls first, w.id limit 1
    for update of w skip locked
)
update withdrawal w set claimed_by = %(me)s,
    claimed_until = now() + %(lease)s * interval '1 second'
from due where w.id = due.id
returning w.id, w.key, w.payload;

-- name: withdrawn
-- Nothing of a deleted event's print waits any more: only how many sheets that were is kept, for a
-- receipt. Or it is looked for again later.
update withdrawal set
    taken_back = case when %(after)s::float8 > 0 then null else %(back)s::integer end,
    payload = case when %(after)s::float8 > 0 then payload else jsonb_build_object() end,
    claimed_by = null,
    claimed_until = case when %(after)s::float8 > 0
        then now() + %(after)s * interval '1 second' end
where id = %(id)s and claimed_by = %(me)s;

-- name: sheets
-- A deleted event's sheets: taken back, not yet at a machine, and not yet at others.
select coalesce(sum(taken_back), 0),
    coalesce(sum(sheets) filter (where taken_back is null and is_here), 0),
    coalesce(sum(sheets) filter (where taken_back is null and not is_here), 0)
from (
    select *, coalesce(payload ->> 'machine', '') in ('', %(machine)s) as is_here from withdrawal
    where deleted_event = %(event)s
) one;
