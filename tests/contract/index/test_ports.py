"""The index fits what the organizer's flows and pages ask for; mypy checks the assignments."""

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
    faces: list[FaceIndex] = [index.faces, index.every_face]
    assert all((events, photos, deliveries, kiosks, figures, changes, *faces))
