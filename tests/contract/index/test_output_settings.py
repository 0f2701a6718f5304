"""What is set for what leaves an event, stored in a real database and read whatever is there."""

import json

import psycopg
import pytest

from eventsnap_desktop.domain.errors import UnknownEventError
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.outgoing import Attaching, OutputSettings, PrintLayout
from eventsnap_desktop.index.opening import Index

FULL = OutputSettings(
    attaching=Attaching.SCALED,
    mail_megabytes=20,
    mails_a_day=300,
    mail_subject="Your photos \x00",
    mail_text="Hello\nthere",
    longer_side=2048,
    watermark="© Ada",
    frame="#ffffff",
    keep_date=False,
    keep_camera=True,
    keep_place=True,
    print_layout=PrintLayout.STRIP,
    print_caption="1 May",
    print_logo=True,
    print_qr=True,
    share_hours=12,
    wifi_name="Venue",
    wifi_password="sesame",
)
NOTHING = OutputSettings()


@pytest.fixture
def event(index: Index) -> EventId:
    return index.events.create_event("wedding", "", "").id


def test_output_settings_come_back_as_they_were_stored(index: Index, event: EventId) -> None:
    desk = index.organizing
    assert desk.output_settings(event) == NOTHING
    for settings in (FULL, NOTHING):
        desk.set_output_settings(event, settings)
        assert desk.output_settings(event) == settings
    with pytest.raises(UnknownEventError):
        desk.output_settings(EventId(77))
    with pytest.raises(UnknownEventError):
        desk.set_output_settings(EventId(77), FULL)


def test_they_and_the_kiosks_settings_leave_each_other_alone(index: Index, event: EventId) -> None:
    kiosk = KioskSettings(greeting="Hi")
    index.organizing.set_kiosk_settings(event, kiosk)
    index.organizing.set_output_settings(event, FULL)
    index.organizing.set_kiosk_settings(event, kiosk)
    assert index.organizing.output_settings(event) == FULL
    assert index.organizing.kiosk_settings(event) == kiosk


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ([], NOTHING),
        ({"output": 7}, NOTHING),
        ({"output": {"attaching": "pigeon", "share_hours": 5}}, OutputSettings(share_hours=5)),
        ({"output": {"attaching": ["link"], "print_layout": 7, "keep_date": 1}}, NOTHING),
        ({"output": {"mails_a_day": -1, "mail_megabytes": True, "frame": None}}, NOTHING),
        (
            {"output": {"print_layout": "6x8", "new": 1}},
            OutputSettings(print_layout=PrintLayout.PHOTO_6X8),
        ),
    ],
    ids=str,
)
def test_settings_that_somebody_broke_fall_back_field_by_field(
    index: Index, event: EventId, database_url: str, stored: object, read: OutputSettings
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update event set settings = %s::jsonb", (json.dumps(stored),))
    assert index.organizing.output_settings(event) == read
    assert index.outbox.output_settings(event) == read
    assert isinstance(index.organizing.output_settings(event).print_layout, PrintLayout)
    assert index.outbox.branding(event).caption == ""
