"""What an event puts on what it hands out, from what is set for its kiosks and its output."""

from eventsnap_desktop.domain.kiosks import KioskSettings
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings


def event_branding(name: str, kiosk: KioskSettings, output: OutputSettings) -> Branding:
    """Return the branding of the event with this name."""
    return Branding(
        event_name=name,
        organizer=kiosk.organizer_name,
        accent=kiosk.accent,
        logo=kiosk.logo,
        watermark=output.watermark,
        frame=output.frame,
        caption=output.print_caption,
    )
