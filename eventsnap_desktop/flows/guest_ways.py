"""How a guest's photos can leave at this moment, with the guest's own limits."""

from dataclasses import replace

from eventsnap_desktop.domain.guests import TakeWays
from eventsnap_desktop.flows.guest_service import Service


def ways_now(service: Service) -> TakeWays:
    """Return what works now; blocks up to a second. DatabaseAwayError when limits are not known."""
    parts, settings = service.parts, service.settings
    ways = parts.ways.ways(settings)
    limited = settings.prints_a_guest or settings.prints_an_event
    if service.session is None or not ways.print or not limited:
        return ways
    mine, everybody = parts.desk.prints(parts.event.id, service.session)
    left = settings.sheets_left(mine, everybody)
    return replace(ways, print=left is None or left > 0, prints_left=left)
