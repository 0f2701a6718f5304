-- What the organizer sees of links for phones: which were opened, and each change at once.

alter table share add column opened boolean not null default false;
comment on column share.opened is 'whether a phone showed its page, and neither when nor which';

create trigger share_inserted after insert on share referencing new table as changed
    for each statement execute function notify_rows_of_events('shares');
create trigger share_updated after update on share referencing new table as changed
    for each statement execute function notify_rows_of_events('shares');
