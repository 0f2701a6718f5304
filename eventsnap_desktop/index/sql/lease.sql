-- name: ping
-- Whether the server still knows this connection.
select 1;

-- name: notice_loss
-- Has the server look every few seconds whether this connection's program is there.
select set_config('tcp_keepalives_idle', '5', false),
    set_config('tcp_keepalives_interval', '2', false),
    set_config('tcp_keepalives_count', '3', false);

-- name: me
-- What tells this connection from all others, also from one that gets its number later.
select pid, backend_start from pg_stat_activity where pid = pg_backend_pid();

-- name: end_former
-- Ends the connection that held the lock before, where the server did not notice its end.
select pg_terminate_backend(pid, 2000) from pg_stat_activity
where pid = %(pid)s and backend_start = %(since)s and usename = current_user;

-- name: take
-- Takes the event for encoding until the connection ends; false when another has it.
select pg_try_advisory_lock(1163085898, %(event)s);

-- name: release
-- Gives the event back.
select pg_advisory_unlock_all();
