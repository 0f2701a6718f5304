-- name: has_versions
-- Whether the database was ever migrated by us.
select to_regclass('schema_version') is not null;

-- name: newest_version
-- The newest migration that was applied.
select coalesce(max(version), 0) from schema_version;

-- name: lock_migrations
-- Lets one program migrate at a time; the number is arbitrary, but ours.
select pg_advisory_lock(1163085896);

-- name: unlock_migrations
-- Lets the next program migrate.
select pg_advisory_unlock(1163085896);

-- name: create_versions
-- The table of the applied migrations.
create table if not exists schema_version (
    version integer primary key,
    applied_at timestamptz not null default now()
);

-- name: add_version
-- Notes that a migration was applied.
insert into schema_version (version) values (%(number)s);

-- name: extension
-- pgvector: the version in this database, the version the server offers, whether we may create it.
select e.extversion, a.default_version,
    coalesce(
        (select bool_or(v.trusted) from pg_available_extension_versions v
          where v.name = 'vector' and v.version = a.default_version)
          and has_database_privilege(current_database(), 'create'), false)
    or (select rolsuper from pg_roles where rolname = current_user)
from (select 'vector' as name) wanted
left join pg_extension e on e.extname = wanted.name
left join pg_available_extensions a on a.name = wanted.name;

-- name: update_extension
-- Brings pgvector to the version the server offers.
alter extension vector update;
