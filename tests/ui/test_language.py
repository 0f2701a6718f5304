"""The windows' language also reaches what the program below them says."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.camera.frames import CameraLostError
from eventsnap_desktop.camera.webcam import _advice
from eventsnap_desktop.ui.widgets.language import as_written_here, put_on
from eventsnap_desktop.ui.widgets.sentences import in_window_language, sentences_in
from eventsnap_desktop.vision.pack_catalog import INSIGHTFACE_LICENCE


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application in German; it is in no language afterwards."""
    before = qapp.children()  # kept: the number of an object that is gone is another's soon
    locale = QLocale()
    assert put_on(qapp, "de") == "de"
    yield qapp
    for made in qapp.children():
        if isinstance(made, QTranslator) and made not in before:
            qapp.removeTranslator(made)
            made.deleteLater()
    QLocale.setDefault(locale)


def test_a_german_window_says_in_german_what_comes_from_below(german: QApplication) -> None:
    assert in_window_language("is empty") == "ist leer"
    assert in_window_language("what nobody ever said") == "what nobody ever said"


def test_advice_and_licence_are_german_as_a_whole(german: QApplication) -> None:
    away = CameraLostError("The camera is away", _advice())
    assert in_window_language(str(away)) == (
        "Die Kamera ist weg. Ist sie angeschlossen, und benutzt kein anderes Programm sie?"
    )
    licence = in_window_language(INSIGHTFACE_LICENCE.format("lite"))
    assert licence.startswith("Das Modellpaket „lite“ enthält")
    assert licence.endswith("ist eine solche Lizenz nötig.")
    assert "They may" not in licence


def test_what_the_doctor_finds_is_german_piece_by_piece(german: QApplication) -> None:
    for english, other in (
        (
            "x86_64, 2 cores, 25.3 GB of memory (21.4 GB free)",
            "x86_64, 2 Kerne, 25.3 GB Arbeitsspeicher (21.4 GB frei)",
        ),
        (
            "lite (in use): present, digest 592a, /models",
            "lite (wird benutzt): vorhanden, Prüfsumme 592a, /models",
        ),
        (
            "/photos/config.toml (not there: all as by default); by argument: home",
            "/photos/config.toml (gibt es nicht: alles wie voreingestellt); "
            "durch die Befehlszeile: home",
        ),
        ("/data can be written", "/data kann beschrieben werden"),
    ):
        assert in_window_language(english) == other


def test_an_english_window_says_it_as_it_is(qapp: QApplication) -> None:
    assert sentences_in("en") is None
    assert in_window_language("is empty") == "is empty"


@pytest.mark.parametrize(
    ("language", "system", "date"),
    [
        ("en", "en_GB", "27/11/2026"),
        ("en", "en_US", "11/27/26"),
        ("en", "de_DE", "27/11/2026"),
        ("de", "en_US", "27.11.26"),
    ],
)
def test_a_chosen_language_is_written_as_it_is_where_the_machine_stands(
    language: str, system: str, date: str
) -> None:
    here = as_written_here(language, QLocale(system))

    assert here.toString(QDate(2026, 11, 27), QLocale.FormatType.ShortFormat) == date
