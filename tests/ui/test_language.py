"""The windows' language also reaches what the program below them says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.ui.widgets.language import put_on
from eventsnap_desktop.ui.widgets.sentences import in_window_language, sentences_in


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application in German; it is in no language afterwards."""
    before = {id(one) for one in qapp.children()}
    locale = QLocale()
    assert put_on(qapp, "de") == "de"
    yield qapp
    for made in qapp.children():
        if isinstance(made, QTranslator) and id(made) not in before:
            qapp.removeTranslator(made)
            made.deleteLater()
    QLocale.setDefault(locale)


def test_a_german_window_says_in_german_what_comes_from_below(german: QApplication) -> None:
    assert in_window_language("is empty") == "ist leer"
    assert in_window_language("what nobody ever said") == "what nobody ever said"


def test_an_english_window_says_it_as_it_is(qapp: QApplication) -> None:
    assert sentences_in("en") is None
    assert in_window_language("is empty") == "is empty"
