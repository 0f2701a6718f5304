-- What the attendees' kiosks work with: photos that everybody may see on their first screen.

alter table photo add column slideshow boolean not null default false;
comment on column photo.slideshow is 'the organizer approved it for the kiosks'' first screen';
create index photo_slideshow on photo (event_id, coalesce(taken_at, modified_at) desc, id desc)
    where slideshow;
