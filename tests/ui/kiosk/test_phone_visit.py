"""A guest takes their photos on their own phone, from the kiosk's whole program."""

from collections.abc import Callable
from pathlib import Path
from re import findall

import httpx

from eventsnap_desktop.flows.guest_views import AttractView, GalleryView, PhoneView, ThanksView
from eventsnap_desktop.ui.organizer.desk import Desk
from tests.ui.kiosk.running import RunningKiosk


def test_the_code_on_the_screen_opens_the_gallery_that_is_on_it(
    sample_event: Desk, selfie_file: Path, start_kiosk: Callable[..., RunningKiosk]
) -> None:
    event = sample_event.current.chosen
    assert event is not None
    kiosk = start_kiosk(event.code, selfie_file, share={"host": "127.0.0.1"})
    kiosk.begin()
    gallery = kiosk.until(GalleryView, lambda view: view.ways.phone)
    kiosk.press("Phone")
    shown = kiosk.until(PhoneView, lambda view: bool(view.address))

    page = httpx.get(shown.address, timeout=20)

    ids = [int(one) for one in findall(r'id="p(\d+)"', page.text)]
    assert ids == [int(photo.id) for photo in gallery.photos]
    picture = httpx.get(f"{shown.address}/p/{ids[0]}?size=small", timeout=20)
    assert picture.headers["content-type"] == "image/jpeg"
    kiosk.press("Done")
    kiosk.until(GalleryView)
    kiosk.press("Finish")
    kiosk.until(ThanksView)
    kiosk.until(AttractView)
    assert httpx.get(shown.address, timeout=20).text.count('class="photo"') == len(ids)
    kiosk.end()
    assert kiosk.exit_code == 0
