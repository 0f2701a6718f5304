-- name: listen
-- Hears from now on what is told of changes.
listen eventsnap;
