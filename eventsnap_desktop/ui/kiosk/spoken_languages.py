"""Changes the language of the guest's screens while the program runs."""

from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from eventsnap_desktop.ui.widgets.resource_files import resource

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
_NAMES = {"en": "English"}  # Qt says "American English"


def native_name(language: str) -> str:
    """Return a language's name as those say it who speak it."""
    name = _NAMES.get(language) or QLocale(language).nativeLanguageName() or language.upper()
    return name[:1].upper() + name[1:]


class SpokenLanguages(QObject):
    """The languages guests may choose from, and the one that is on; the first is the usual one.

    A language without a translation of ours is shown in English, with its own direction.
    """

    def __init__(
        self, app: QApplication, languages: Sequence[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._translators: list[QTranslator] = []
        self.languages = tuple(languages) or ("en",)
        self.current = ""
        self.speak(self.languages[0])

    @property
    def usual(self) -> str:
        """The language a visit begins in."""
        return self.languages[0]

    def speak(self, language: str) -> None:
        """Put a language on: words, numbers, and the direction of the layout.

        What is already built keeps its words: build it anew.
        """
        if language == self.current:
            return
        self.quiet()
        self.current = language
        QLocale.setDefault(QLocale(language))
        self._install(f"qtbase_{language}", self._qt_folder())
        if not self._install(f"eventsnap_{language}", str(resource("translations"))):
            self._install("eventsnap_en", str(resource("translations")))  # its plurals
        backwards = language in _RIGHT_TO_LEFT
        direction = Qt.LayoutDirection
        self._app.setLayoutDirection(direction.RightToLeft if backwards else direction.LeftToRight)

    def quiet(self) -> None:
        """Take the language off the application."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._translators.clear()
        self.current = ""

    def _install(self, name: str, folder: str) -> bool:
        translator = QTranslator(self)
        if not translator.load(name, folder):
            translator.deleteLater()
            return False
        self._app.installTranslator(translator)
        self._translators.append(translator)
        return True

    @staticmethod
    def _qt_folder() -> str:
        return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
