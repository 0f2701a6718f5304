"""Puts the windows' language on the application, from the translations in resources."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.ui.widgets.sentences import SentenceTranslator, sentences_in

LANGUAGES = ("en", "de")


def put_on(app: QApplication, choice: str) -> str:
    """Use "en", "de" or, for "system", the desktop's language; return which one it is.

    Call it before any window is built. English has a translation as well: its plurals.
    """
    wanted = QLocale.system().name()[:2] if choice == "system" else choice
    language = wanted if wanted in LANGUAGES else "en"
    if choice != "system":
        QLocale.setDefault(as_written_here(language, QLocale.system()))
    known = sentences_in(language)
    if known is not None:
        app.installTranslator(SentenceTranslator(known, app))
    folders = {
        f"qtbase_{language}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        f"eventsnap_{language}": str(resource("translations")),
    }
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
    return language


def as_written_here(language: str, system: QLocale) -> QLocale:
    """Return the language as it is written where the system is: dates above all."""
    return QLocale(QLocale(language).language(), system.territory())
