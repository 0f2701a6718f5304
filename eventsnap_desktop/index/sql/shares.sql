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
