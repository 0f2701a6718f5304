-- name: settings
-- What every connection of ours needs: no compiling of queries that take 20 ms, times in UTC.
select set_config('jit', 'off', false), set_config('timezone', 'UTC', false);
