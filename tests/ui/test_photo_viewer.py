"""The viewer: loaded off the GUI thread, zoomed and moved, faces boxed, chosen and explained."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from eventsnap_desktop.domain.browsing import PhotoFilter, PhotoKind, PhotoRow, StoredFace
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.explain import QueryTemplate
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.face_boxes import FaceMark
from eventsnap_desktop.ui.organizer.photo_canvas import PhotoCanvas
from eventsnap_desktop.ui.organizer.photos_page import PhotosPage


def opened(desk: Desk, qtbot: QtBot) -> tuple[PhotosPage, PhotoRow, list[StoredFace]]:
    """Return the page with the viewer on a photo that has faces, and those faces."""
    page = PhotosPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    with qtbot.waitExposed(page):
        page.show()
    event = desk.current.id
    assert event is not None
    photo = PhotoId(int(desk.browsing.list_ids(event, PhotoFilter(PhotoKind.WITH_FACES))[0]))
    row = desk.browsing.rows(event, [photo])[0]
    faces = desk.browsing.faces(event, photo)
    page.open_photo(row.key)
    qtbot.waitUntil(lambda: len(page.viewer.panel.cards) == len(faces))
    qtbot.waitUntil(lambda: page.viewer.canvas.has_photo)
    return page, row, faces


def test_a_photo_opens_by_its_key_with_its_facts_and_faces(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page, row, faces = opened(sample_event, qtbot)
    panel = page.viewer.panel

    assert page.viewer.photo == row.id
    assert panel.fact("size").startswith(f"{row.width} × {row.height} px")
    assert row.key in panel.fact("name")
    assert f"{round(faces[0].box.shorter_side)} px" in panel.cards[0].text
    assert page.viewer.bar.place.endswith(f"of {len(page.grid.photos.ids)}")


def test_arrows_go_to_the_neighbours(sample_event: Desk, qtbot: QtBot) -> None:
    page, row, _ = opened(sample_event, qtbot)
    place = page.grid.photos.place_of(row.id)
    canvas = page.viewer.canvas

    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert page.viewer.photo == page.grid.photos.ids[place + 1]
    page.viewer.bar.previous.click()
    assert page.viewer.photo == row.id
    qtbot.keyClick(canvas, Qt.Key.Key_End)

    assert page.viewer.photo == page.grid.photos.ids[-1]
    assert not page.viewer.bar.next.isEnabled()


def test_keys_zoom_and_b_hides_the_boxes(sample_event: Desk, qtbot: QtBot) -> None:
    page, _, _ = opened(sample_event, qtbot)
    canvas = page.viewer.canvas
    fit = canvas.scale

    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scale > fit
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scale == fit
    qtbot.keyClick(canvas, Qt.Key.Key_B)

    assert not canvas.boxes_shown
    assert not page.viewer.bar.boxes.isChecked()


def test_a_click_on_a_face_lists_all_its_photos_and_explains_them(
    sample_event: Desk, qtbot: QtBot
) -> None:
    page, row, faces = opened(sample_event, qtbot)
    canvas = page.viewer.canvas

    middle = canvas.box_on_screen(faces[0].box).center().toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)

    qtbot.waitUntil(lambda: page.results.text != "")
    qtbot.waitUntil(lambda: row.id in page.grid.photos.ids)
    assert not page.viewer.isVisible()
    assert row.key in page.results.text
    page.open_photo(row.id)
    qtbot.waitUntil(lambda: page.viewer.panel.verdict == "Found, sure")
    assert "Found" in page.viewer.panel.cards[0].text


def test_the_viewer_says_which_rule_keeps_a_person_out(sample_event: Desk, qtbot: QtBot) -> None:
    page, row, faces = opened(sample_event, qtbot)
    thresholds = sample_event.works.vision_facts().thresholds

    page.set_query(QueryTemplate(-faces[0].embedding, thresholds, "somebody else"))
    assert page.viewer.panel.verdict == "Not found: not similar enough"
    page.set_query(QueryTemplate(faces[0].embedding, thresholds, "a guest"))
    assert page.viewer.panel.verdict == "Found, sure"
    with qtbot.waitSignal(page.did):
        qtbot.keyClick(page.viewer.canvas, Qt.Key.Key_H)

    qtbot.waitUntil(lambda: page.viewer.panel.verdict == "Not found: hidden")
    assert page.viewer.photo == row.id
    page.set_query(None)
    assert page.viewer.panel.verdict == ""


def test_tab_stays_inside_the_viewer(sample_event: Desk, qtbot: QtBot) -> None:
    page, _, _ = opened(sample_event, qtbot)
    page.activateWindow()
    page.viewer.canvas.setFocus()

    for _ in range(30):
        page.viewer.focusNextPrevChild(True)
        focused = page.viewer.focusWidget()
        assert focused is not None
        assert page.viewer.isAncestorOf(focused)


def canvas_with_a_face(qtbot: QtBot) -> PhotoCanvas:
    canvas = PhotoCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(424, 324)
    canvas.show()
    image = QImage(200, 150, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    canvas.show_photo(image, image.size() * 10)
    canvas.show_marks([FaceMark(Box(1800, 1300, 150, 150), "1 · 0.90", "1")])
    return canvas


def test_zooming_keeps_what_is_under_the_mouse(qtbot: QtBot) -> None:
    canvas = canvas_with_a_face(qtbot)
    box = Box(1000, 700, 20, 20)
    before = canvas.box_on_screen(box).topLeft()

    canvas.zoom(4, before)

    assert canvas.scale == 0.8
    after = canvas.box_on_screen(box).topLeft()
    assert (after - before).manhattanLength() < 1


def test_a_drag_moves_the_photo_and_never_beyond_its_edge(qtbot: QtBot) -> None:
    canvas = canvas_with_a_face(qtbot)
    canvas.zoom(4)
    whole = Box(0, 0, 2000, 1500)

    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.mouseMove(canvas, QPoint(400, 300))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    canvas.pan(QPointF(5000, 5000))

    corner = canvas.box_on_screen(whole).topLeft()
    assert np.allclose([corner.x(), corner.y()], [0, 0], atol=1)


def test_a_drag_over_a_face_does_not_choose_it(qtbot: QtBot) -> None:
    canvas = canvas_with_a_face(qtbot)
    chosen: list[int] = []
    canvas.face_chosen.connect(chosen.append)
    face = canvas.box_on_screen(Box(1800, 1300, 150, 150)).center().toPoint()

    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=face - QPoint(80, 0))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=face)
    assert not chosen
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=face)

    assert chosen == [0]


def test_k_approves_the_photo_for_the_kiosks_first_screen(sample_event: Desk, qtbot: QtBot) -> None:
    page, row, _ = opened(sample_event, qtbot)
    bar = page.viewer.bar
    assert not bar.is_approved_shown

    with qtbot.waitSignal(page.did):
        qtbot.keyClick(page.viewer.canvas, Qt.Key.Key_K)

    qtbot.waitUntil(lambda: bar.is_approved_shown)
    event = sample_event.current.id
    assert event is not None
    approved = sample_event.browsing.list_ids(event, PhotoFilter(PhotoKind.SLIDESHOW))
    assert approved.tolist() == [row.id]
    with qtbot.waitSignal(page.did):
        bar.slideshow.click()
    qtbot.waitUntil(lambda: not bar.is_approved_shown)
