"""Puts a backup into an index without events: all of it is checked before any is written."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from eventsnap_desktop.domain.backups import BackupProgress, Manifest, TableContent
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.backup_archive import ArchiveReader, file_part, table_part
from eventsnap_desktop.flows.backup_manifest import damaged, newer_backup
from eventsnap_desktop.flows.backup_places import MovedSource, moved_sources
from eventsnap_desktop.flows.backup_ports import IndexLoading
from eventsnap_desktop.index.text import from_stored

Report = Callable[[BackupProgress], object]
OpenLoading = Callable[[], AbstractContextManager[IndexLoading]]
CHECKING = ""
"""The part of a progress while nothing is written yet."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    ``over`` are the codes of events that ended before and were left out, ``rows`` what each table
    got, ``waiting`` the deliveries that are not made yet, ``held`` those of them held back.
    """

    manifest: Manifest
    over: tuple[str, ...]
    rows: Mapping[str, int]
    waiting: int
    held: int
    moved: tuple[MovedSource, ...]


class Restoring:
    """A backup that is open; ``check`` it, then ``restore`` it."""

    def __init__(self, reader: ArchiveReader, report: Report, cancel: Cancel) -> None:
        self._reader, self._report, self._cancel = reader, report, cancel
        self.manifest = reader.manifest()
        self._done = 0
        self._total = sum(one.content.bytes for one in self.manifest.tables)

    def check(self, newest_schema: int) -> None:
        """Read all of it; EventSnapError where it is not whole, or of a newer program.

        ``newest_schema`` is the newest version that the program knows.
        """
        manifest = self.manifest
        if manifest.schema > newest_schema:
            raise newer_backup(f"its schema is {manifest.schema}, ours {newest_schema}")
        if manifest.schema < 1 or not manifest.tables:
            raise damaged("its list of contents is wrong")
        counted = self._counting(CHECKING)
        for one in manifest.tables:
            for block in self._reader.blocks(table_part(one.table.name), one.content):
                counted(block)
        for name, content in manifest.files.items():
            self._reader.file(file_part(name), content)

    def restore(
        self,
        open_loading: OpenLoading,
        home: Path,
        hold: bool,
        keep_files: Callable[[Mapping[str, bytes]], object],
    ) -> Restored:
        """Write all of it, or nothing, for the data folder ``home``.

        With ``hold`` the deliveries that waited stay where they are until somebody lets them go
        on. ``keep_files`` puts the files into the data folder; it is called when all rows are
        written, just before they count. EventSnapError where there are events already; Cancelled;
        what the index raises.
        """
        manifest = self.manifest
        moved = moved_sources(Path(manifest.surroundings.home), home, manifest.events)
        with open_loading() as loading:
            loading.begin(manifest.schema)
            rows = {
                one.table.name: loading.copy_in(one.table, self._reported(one))
                for one in manifest.tables
            }
            sources = {one.old: one.new for one in moved}
            waiting, held = loading.finish(manifest.sequences, sources, hold)
            kept = loading.event_codes()
            keep_files(self._files())
            self._cancel.raise_if_requested()
        over = [from_stored(one.code) for one in manifest.events if one.code not in kept]
        return Restored(
            manifest=manifest,
            over=tuple(over),
            rows=rows,
            waiting=waiting,
            held=held,
            moved=tuple(one for one in moved if one.event not in over),
        )

    def _reported(self, one: TableContent) -> Iterator[bytes]:
        counted = self._counting(one.table.name)
        for block in self._reader.blocks(table_part(one.table.name), one.content):
            counted(block)
            yield block

    def _files(self) -> dict[str, bytes]:
        return {
            name: self._reader.file(file_part(name), content)
            for name, content in self.manifest.files.items()
        }

    def _counting(self, part: str) -> Callable[[bytes], None]:
        """Return what counts blocks, tells how far it is, and stops where that is wished."""

        def count(block: bytes) -> None:
            self._cancel.raise_if_requested()
            self._done += len(block)
            self._report(BackupProgress(part, self._done, 2 * self._total))

        return count
