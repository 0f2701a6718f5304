-- name: list
-- The kiosks that were heard of within a day, by name.
select k.name, e.code, k.state, k.detail, k.started_at, k.heartbeat_at
from kiosk k join event e on e.id = k.event_id
where (%(event)s::integer is null or k.event_id = %(event)s)
    and k.heartbeat_at > now() - interval '1 day'
order by k.name, e.code;

-- name: report
-- What a kiosk does as of now; no row when the event is not there. It has started anew when it had
-- stopped, or was silent for an hour.
insert into kiosk (event_id, name, state, detail)
select id, %(name)s, %(state)s, %(detail)s from event where id = %(event)s for key share
on conflict (event_id, name) do update set state = excluded.state, detail = excluded.detail,
    heartbeat_at = excluded.heartbeat_at,
    started_at = case
        when kiosk.state = 'stopped' and excluded.state <> 'stopped'
            or kiosk.heartbeat_at < now() - interval '1 hour'
        then excluded.started_at else kiosk.started_at end
returning event_id;
