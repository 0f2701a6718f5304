-- Prepares a PostgreSQL server for EventSnap: a role without special rights, a database of its own,
-- and pgvector in it. An administrator runs it with psql 15 or newer:
--
--   psql -X -q -h HOST -U postgres -d postgres -f packaging/servers/postgresql.sql
--
-- The role's password is taken from the environment (DATABASE_PASSWORD), so that it stands in no
-- command line. Without one the password stays as it is. Other names than eventsnap:
--   -v role=NAME -v database=NAME
-- It may be run again at any time: to change the password, or after an update of pgvector.

\set ON_ERROR_STOP on
\if :{?role}
\else
  \set role eventsnap
\endif
\if :{?database}
\else
  \set database eventsnap
\endif
\getenv password DATABASE_PASSWORD
\if :{?password}
\else
  \set password ''
\endif

set client_min_messages = warning;
select rolsuper as is_superuser from pg_roles where rolname = current_user
\gset

-- A password must not reach the server's log, whatever the server logs otherwise.
\if :is_superuser
set log_statement = 'none';
set log_min_duration_statement = -1;
set log_min_error_statement = 'panic';
\endif

do $$
declare
    best text := (select default_version from pg_available_extensions where name = 'vector');
begin
    if current_setting('server_version_num')::integer < 160000 then
        raise exception 'EventSnap needs PostgreSQL 16 or newer';
    end if;
    if best is null then
        raise exception 'pgvector is not installed on this server'
            using hint = 'Install pgvector 0.8.4 or newer, for example the package postgresql-17-pgvector.';
    end if;
    if string_to_array(best, '.')::integer[] < array[0, 8, 4] then
        raise exception 'The pgvector % of this server is too old', best
            using hint = 'Install pgvector 0.8.4 or newer.';
    end if;
end
$$;

select format('create role %I login', :'role')
where not exists (select from pg_roles where rolname = :'role')
\gexec
select format('alter role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls', :'role')
from pg_roles where rolname = :'role'
    and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls or not rolcanlogin)
\gexec
select :'password' <> '' as has_password
\gset
\if :has_password
alter role :"role" password :'password';
\endif

-- Who is no superuser may only give a database to a role that he belongs to.
select format('grant %I to current_user with inherit true, set true', :'role')
where not :'is_superuser'::boolean and not pg_has_role(current_user, :'role', 'set')
\gexec
select format('create database %I owner %I template template0 encoding %L', :'database', :'role', 'UTF8')
where not exists (select from pg_database where datname = :'database')
\gexec
select format('alter database %I owner to %I', :'database', :'role')
from pg_database where datname = :'database' and datdba <> (select oid from pg_roles where rolname = :'role')
\gexec
revoke all on database :"database" from public;

\connect :"database"
set client_min_messages = warning;
create extension if not exists vector;
select 'alter extension vector update' from pg_extension e
    join pg_available_extensions a on a.name = e.extname
where e.extname = 'vector' and e.extversion <> a.default_version
\gexec

select format('The role %I owns the database %I: PostgreSQL %s, pgvector %s.', :'role', :'database',
    current_setting('server_version'), extversion) as done
from pg_extension where extname = 'vector'
\gset
\echo :done
