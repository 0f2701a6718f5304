"""The question before the camera: a plain text, two answers alike, the whole text a press away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextBrowser

from eventsnap_desktop.domain.kiosks import ConsentText
from eventsnap_desktop.flows.consent_texts import read_consent_texts
from eventsnap_desktop.flows.guest_actions import Agree, Back, Decline
from eventsnap_desktop.flows.guest_views import ConsentView
from eventsnap_desktop.ui.kiosk.consent_screen import text_in
from eventsnap_desktop.ui.kiosk.window import WindowStage
from eventsnap_desktop.ui.widgets.resource_files import resource
from tests.ui.kiosk.window_host import TEXTS, Kiosk, button

VIEW = ConsentView(TEXTS, True)


def visible_words(kiosk: Kiosk) -> str:
    labels = [one.text() for one in kiosk.window.findChildren(QLabel) if one.isVisible()]
    browsers = [
        one.toPlainText() for one in kiosk.window.findChildren(QTextBrowser) if one.isVisible()
    ]
    return "\n".join(labels + browsers)


def test_yes_tells_in_which_language_the_text_was_read(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(VIEW)
    assert "We look at your face." in visible_words(kiosk)
    button(kiosk.window, "Deutsch").click()
    assert "Wir sehen dein Gesicht an." in visible_words(kiosk)
    buttons = kiosk.window.findChildren(QPushButton)
    yes = [one for one in buttons if one.property("filled") == "true" and one.isVisible()]
    yes[0].click()

    assert kiosk.acted == [Agree("de")]


def test_both_answers_are_of_the_same_size(kiosk: Kiosk) -> None:
    WindowStage(kiosk.window).show(VIEW)
    yes = button(kiosk.window, "Yes, find my photos")
    no = button(kiosk.window, "No, thank you")

    assert abs(yes.width() - no.width()) <= 1
    assert yes.height() == no.height()
    assert yes.font() == no.font()
    no.click()
    button(kiosk.window, "Back").click()
    assert kiosk.acted == [Decline(), Back()]


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1280, 800)])
@pytest.mark.parametrize("accessible", [False, True])
def test_the_whole_summary_is_read_without_scrolling(
    make_kiosk: Callable[..., Kiosk], size: tuple[int, int], accessible: bool
) -> None:
    kiosk = make_kiosk(size=size, accessible=accessible)
    texts = read_consent_texts(resource("consent"))
    WindowStage(kiosk.window).show(ConsentView(texts, True))
    QApplication.processEvents()

    summary = next(
        one for one in kiosk.window.findChildren(QLabel) if one.text() == texts[0].summary
    )
    assert summary.visibleRegion().boundingRect() == summary.rect()
    assert summary.height() >= summary.heightForWidth(summary.width())


def test_the_whole_text_is_a_press_away_and_leads_nowhere_else(kiosk: Kiosk) -> None:
    linked = ConsentText("en", "Short.", "[more](https://example.org)\n\n" + "Words. \n\n" * 200)
    WindowStage(kiosk.window).show(ConsentView((linked,), True))
    button(kiosk.window, "Read everything").click()
    browser = kiosk.window.findChildren(QTextBrowser)[0]
    assert "Words." in visible_words(kiosk)

    link = QPointF(browser.cursorRect().center()).toPoint()
    QTest.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=link)
    assert browser.source().isEmpty()
    QTest.keyClick(browser, Qt.Key.Key_PageDown)
    assert browser.verticalScrollBar().value() > 0
    QTest.keyClick(browser, Qt.Key.Key_Escape)
    assert "Short." in visible_words(kiosk)
    assert kiosk.acted == []


def test_who_is_responsible_is_said_and_a_newer_state_keeps_the_place(kiosk: Kiosk) -> None:
    stage = WindowStage(kiosk.window)
    stage.show(VIEW)
    button(kiosk.window, "Read everything").click()

    stage.show(ConsentView(TEXTS, True, "Ada Photo"))
    assert "Every word." in visible_words(kiosk)
    button(kiosk.window, "Back to the question").click()
    assert "Ada Photo is responsible" in visible_words(kiosk)
    stage.show(VIEW)
    assert "It is your choice" in visible_words(kiosk)


def test_a_language_without_a_text_is_asked_in_english() -> None:
    assert text_in(TEXTS, "fr") == TEXTS[0]
    assert text_in(TEXTS[1:], "fr") == TEXTS[1]
