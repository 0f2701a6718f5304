-- name: overviews
-- Events at a glance, newest first: one, or all that were not put away, or all.
select e.id, e.code, e.name, e.source, e.model_pack, e.created_at, e.keep_until,
    p.pending, p.encoded, p.failed, p.gone, p.without_faces, p.faces,
    p.hidden, p.slideshow, p.first_at, p.last_at,
    coalesce(chosen.key, newest.key), coalesce(chosen.etag, newest.etag), e.archived
from event e
cross join lateral (
    select count(*) filter (where state = 'pending') as pending,
        count(*) filter (where state = 'encoded') as encoded,
        count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'gone') as gone,
        count(*) filter (where state = 'encoded' and face_count = 0) as without_faces,
        coalesce(sum(face_count), 0) as faces,
        count(*) filter (where hidden and state <> 'gone') as hidden,
        count(*) filter (where slideshow and state <> 'gone') as slideshow,
        min(coalesce(taken_at, modified_at)) filter (where state <> 'gone') as first_at,
        max(coalesce(taken_at, modified_at)) filter (where state <> 'gone') as last_at
    from photo where event_id = e.id
) p
left join photo chosen on chosen.event_id = e.id and chosen.key = e.cover
    and chosen.state <> 'gone' and not chosen.hidden
left join lateral (
    select key, etag from photo
    where event_id = e.id and state <> 'gone' and face_count > 0 and not hidden
    order by coalesce(taken_at, modified_at) desc, id desc limit 1
) newest on chosen.key is null
where (%(event)s::integer is null or e.id = %(event)s) and (%(archived)s or not e.archived)
order by e.created_at desc, e.id desc;

-- name: add
-- A new event; no row when the code is taken.
insert into event (code, name, source, keep_until, cover)
values (%(code)s, %(name)s, %(source)s, %(keep)s, %(cover)s)
on conflict (code) do nothing
returning id, code, name, source, model_pack, created_at, keep_until;

-- name: details
-- What can be changed of an event.
select name, source, keep_until, cover from event where id = %(event)s;

-- name: change
-- What was changed of an event; no row when it is not there.
update event set name = %(name)s, source = %(source)s, keep_until = %(keep)s, cover = %(cover)s
where id = %(event)s returning id;

-- name: set_archived
-- Puts an event away or takes it back; no row when it is not there.
update event set archived = %(archived)s where id = %(event)s returning id;

-- name: kiosk_settings
-- What is set for the event's kiosks, null where nothing is.
select settings -> 'kiosk' from event where id = %(event)s;

-- name: set_kiosk_settings
-- Stores what is set for the event's kiosks; no row when the event is not there.
update event set settings =
    case jsonb_typeof(settings) when 'object' then settings else jsonb_build_object() end
    || jsonb_build_object('kiosk', %(kiosk)s::jsonb)
where id = %(event)s returning id;

-- name: output_settings
-- What is set for what leaves the event, null where nothing is.
select settings -> 'output' from event where id = %(event)s;

-- name: set_output_settings
-- Stores what is set for what leaves the event; no row when the event is not there.
update event set settings =
    case jsonb_typeof(settings) when 'object' then settings else jsonb_build_object() end
    || jsonb_build_object('output', %(output)s::jsonb)
where id = %(event)s returning id;
