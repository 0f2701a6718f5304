"""Whole visits at the kiosk's program, with the real models and a file as the camera."""

from collections.abc import Callable
from pathlib import Path

from eventsnap_desktop.domain.kiosks import KioskState
from eventsnap_desktop.flows.guest_views import AttractView, CaptureView, GalleryView, ThanksView
from eventsnap_desktop.flows.identify import identify
from eventsnap_desktop.ui.organizer.desk import Desk
from tests.ui.kiosk.running import RunningKiosk, keys


def test_a_guest_sees_the_photos_that_the_same_selfie_gives_elsewhere(
    sample_event: Desk, selfie_file: Path, start_kiosk: Callable[..., RunningKiosk]
) -> None:
    event = sample_event.current.chosen
    assert event is not None
    load = sample_event.works.load_selfie("selfie", selfie_file.read_bytes())
    limits = sample_event.works.vision_facts().thresholds
    wanted = identify(event.id, [("selfie", load)], sample_event.faces, limits)

    kiosk = start_kiosk(event.code, selfie_file)
    kiosk.begin()
    kiosk.until(CaptureView)
    gallery = kiosk.until(GalleryView)

    assert keys(gallery.photos) == {one.key for one in wanted.matches if one.band == "sure"}
    assert keys(gallery.maybe) == {one.key for one in wanted.matches if one.band == "maybe"}
    [status] = sample_event.kiosks.kiosks(event.id)
    assert status.name == "tent"
    kiosk.press("Finish")
    kiosk.until(ThanksView)
    kiosk.until(AttractView)
    kiosk.end()
    assert kiosk.exit_code == 0
    [status] = sample_event.kiosks.kiosks(event.id)
    assert status.state is KioskState.STOPPED


def test_a_kiosk_on_trial_ends_by_its_close_button(
    sample_event: Desk, selfie_file: Path, start_kiosk: Callable[..., RunningKiosk]
) -> None:
    event = sample_event.current.chosen
    assert event is not None
    kiosk = start_kiosk(event.code, selfie_file)

    with kiosk.qtbot.waitSignal(kiosk.program.ended):
        kiosk.window.close()

    assert kiosk.exit_code == 0
