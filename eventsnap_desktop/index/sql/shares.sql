-- name: add
-- A new link; no row when the event is not there.
insert into share (token_hash, event_id, session_id, language, photos, expires_at)
select %(hash)s, id, %(session)s::bigint, %(language)s, %(photos)s, %(expires)s
from event where id = %(event)s for key share
returning event_id;

-- name: forget_old
-- Links that ended a day ago or longer.
delete from share where expires_at < now() - interval '1 day';

-- name: replace
-- Other photos for a link that works.
update share set photos = %(photos)s
where token_hash = %(hash)s and revoked_at is null and expires_at > now();

-- name: find
-- What a link that works shows, and of which event.
select s.event_id, e.code, s.language, s.photos, s.expires_at, e.name, e.settings
from share s join event e on e.id = s.event_id
where s.token_hash = %(hash)s and s.revoked_at is null and s.expires_at > now();

-- name: stamp
-- What changes whenever what a link that works shows does: a gallery of thousands is looked at again
-- and again, and mostly is the same.
select md5(concat_ws(' ', s.language, s.expires_at, e.name, e.settings, s.photos, (
    select string_agg(concat_ws(' ', p.id, p.width, p.height, p.taken_at, p.modified_at, p.key), ' '
        order by p.id)
    from photo p
    where p.event_id = s.event_id and p.state in ('pending', 'encoded') and not p.hidden
        and p.id in (
            select case when one ->> 'id' ~ '^[0-9]+$' and length(one ->> 'id') <= 18
                then (one ->> 'id')::bigint end
            from jsonb_array_elements(
                case jsonb_typeof(s.photos) when 'array' then s.photos else '[]' end
            ) one
        )
)))
from share s join event e on e.id = s.event_id
where s.token_hash = %(hash)s and s.revoked_at is null and s.expires_at > now();

-- name: photo
-- One photo of a link that works, if it may be handed out.
select p.id, p.key, p.width, p.height, coalesce(p.taken_at, p.modified_at), s.photos
from share s join photo p on p.event_id = s.event_id
where s.token_hash = %(hash)s and s.revoked_at is null and s.expires_at > now()
    and p.id = %(photo)s and s.photos @> jsonb_build_array(jsonb_build_object('id', p.id))
    and p.state in ('pending', 'encoded') and not p.hidden
    and p.width is not null and p.height is not null;

-- name: revoke
-- A link, or all of an event, that work do not work any more.
update share set revoked_at = now()
where event_id = %(event)s and (%(hash)s::bytea is null or token_hash = %(hash)s)
    and revoked_at is null and expires_at > now();

-- name: note_opened
-- A link's page was shown; told of once.
update share set opened = true where token_hash = %(hash)s and not opened;

-- name: links
-- The links of an event that work, newest first, with how many photos each shows.
select encode(s.token_hash, 'hex'), s.created_at, s.expires_at,
    case jsonb_typeof(s.photos) when 'array' then jsonb_array_length(s.photos) else 0 end,
    s.opened, coalesce(v.kiosk, '')
from share s left join session v on v.id = s.session_id
where s.event_id = %(event)s and s.revoked_at is null and s.expires_at > now()
order by s.created_at desc, s.token_hash limit %(limit)s;

-- name: figures
-- Links of an event that work, those of them that were opened, the last one's end; and the same of
-- those made since a time, whether they still work or not.
select count(*) filter (where revoked_at is null and expires_at > now()),
    count(*) filter (where revoked_at is null and expires_at > now() and opened),
    max(expires_at) filter (where revoked_at is null and expires_at > now()),
    count(*) filter (where created_at >= %(since)s),
    count(*) filter (where created_at >= %(since)s and opened)
from share where event_id = %(event)s;

-- name: end
-- Some links of an event do not work any more.
update share set revoked_at = now()
where event_id = %(event)s and token_hash = any(%(hashes)s::bytea[])
    and revoked_at is null and expires_at > now();
