"""What the self-test's checks work with: a folder and a database of their own, for a while."""

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from eventsnap_desktop.app.assembly import Program
from eventsnap_desktop.app.chosen_settings import settings_for
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.settings.loading import LoadedSettings
from eventsnap_desktop.settings.schema import Settings


@dataclass(slots=True)
class Bench:
    """``usual`` are the machine's settings: only the model packs are taken from there.

    ``loaded`` are those of the test, in ``folder``. ``wanted_pack`` is the pack that must be there,
    None where any will do, or none.
    """

    folder: Path
    usual: Settings
    loaded: LoadedSettings
    wanted_pack: str | None
    stack: ExitStack
    _index: Index | None = None

    @property
    def settings(self) -> Settings:
        """The test's own settings."""
        return self.loaded.settings

    @property
    def program(self) -> Program:
        """The program as the test's settings make it."""
        return Program(self.settings)

    @property
    def index(self) -> Index:
        """The test's own index; EventSnapError before ``open_index`` succeeded."""
        if self._index is None:
            raise EventSnapError("It needs the database, which did not open")
        return self._index

    def open_index(self) -> Index:
        """Start a database in the folder and open it, until the end of the test."""
        self._index = self.stack.enter_context(self.program.open_index())
        return self._index


@contextmanager
def open_bench(chosen: Namespace, folder: Path | None = None) -> Iterator[Bench]:
    """Lend a bench in a temporary folder, or in one where another process's bench is."""
    usual = settings_for(chosen)
    with ExitStack() as stack:
        if folder is None:
            made = tempfile.TemporaryDirectory(
                prefix="eventsnap-self-test-", ignore_cleanup_errors=True
            )
            folder = Path(stack.enter_context(made))
        wanted = chosen.model_pack
        yield Bench(folder, usual.settings, _of_its_own(usual, folder), wanted, stack)


def _of_its_own(usual: LoadedSettings, folder: Path) -> LoadedSettings:
    """Return settings that touch nothing of this machine's: defaults, everything built in."""
    # What is tried on purpose needs no warning.
    settings = Settings(home=folder / "home", log_level="ERROR")
    return replace(usual, settings=settings, warnings=())
