"""The index fits what flows, pages and kiosks ask for; mypy checks the assignments."""

from eventsnap_desktop.flows import deliver_ports, guest_ports
from eventsnap_desktop.flows import organizer_ports as ports
from eventsnap_desktop.flows.ports import FaceIndex
from eventsnap_desktop.index.opening import Index


def test_every_part_of_the_index_fits_its_port(index: Index) -> None:
    events: ports.EventDesk = index.organizing
    photos: ports.PhotoBrowser = index.browsing
    deliveries: ports.DeliveryDesk = index.deliveries
    kiosks: ports.KioskDesk = index.kiosks
    figures: ports.CoverageDesk = index.coverage
    changes: ports.ChangeFeed = index.changes
    guests: guest_ports.GuestDesk = index.guests
    guest_faces: guest_ports.GuestFaces = index.faces
    faces: list[FaceIndex] = [index.faces, index.every_face]
    outbox: deliver_ports.Outbox = index.outbox
    shares: deliver_ports.ShareDesk = index.shares
    assert all((outbox, shares))
    assert all((events, photos, deliveries, kiosks, figures, changes, guests, guest_faces, *faces))
