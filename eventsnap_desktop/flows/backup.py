"""Writes everything that cannot be made again into one file, while others go on working."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from eventsnap_desktop.domain.backups import (
    BackupProgress,
    Content,
    Manifest,
    StoredTable,
    Surroundings,
    TableContent,
)
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.backup_archive import ArchiveWriter, file_part, table_part
from eventsnap_desktop.flows.backup_ports import IndexSnapshot
from eventsnap_desktop.flows.backup_target import new_file

Report = Callable[[BackupProgress], object]
OpenSnapshot = Callable[[], AbstractContextManager[IndexSnapshot]]


def make_backup(
    target: Path,
    open_snapshot: OpenSnapshot,
    surroundings: Surroundings,
    files: Mapping[str, bytes],
    report: Report,
    cancel: Cancel,
    replace: bool = False,
) -> Manifest:
    """Write a backup and return what it says of itself; after an error there is no file.

    ``files`` are small files of the data folder by their name. UsageError where there is a file of
    that name and ``replace`` is not set; EventSnapError where it cannot be written; Cancelled;
    what the index raises.
    """
    with new_file(target, replace) as file, open_snapshot() as snapshot:
        writer = ArchiveWriter(file)
        try:
            manifest = _write(
                writer,
                snapshot,
                surroundings,
                files,
                _Reporter(report, cancel, snapshot.moment.size),
            )
            writer.finish(manifest)
        except BaseException:
            writer.give_up()
            raise
    return manifest


class _Reporter:
    """Tells how far it is, and stops where that is wished."""

    def __init__(self, report: Report, cancel: Cancel, total: int) -> None:
        self._report, self._cancel, self._total, self._done = report, cancel, total, 0

    def count(self, part: str, block: bytes) -> None:
        self._cancel.raise_if_requested()
        self._done += len(block)
        # The size was only estimated: whatever is left, it is not done before it is done.
        self._report(BackupProgress(part, min(self._done, self._total), self._total))


def _write(
    writer: ArchiveWriter,
    snapshot: IndexSnapshot,
    surroundings: Surroundings,
    files: Mapping[str, bytes],
    reporter: _Reporter,
) -> Manifest:
    moment = snapshot.moment
    tables = [_add_table(writer, snapshot, table, reporter) for table in moment.tables]
    return Manifest(
        made_at=moment.taken_at,
        schema=moment.schema,
        surroundings=surroundings,
        events=moment.events,
        waiting=moment.waiting,
        tables=tuple(tables),
        sequences=moment.sequences,
        files={name: _add_file(writer, name, content) for name, content in files.items()},
    )


def _add_table(
    writer: ArchiveWriter, snapshot: IndexSnapshot, table: StoredTable, reporter: _Reporter
) -> TableContent:
    rows = 0

    def fill(write: Callable[[bytes], object]) -> None:
        nonlocal rows

        def counted(block: bytes) -> None:
            write(block)
            reporter.count(table.name, block)

        rows = snapshot.copy_out(table, counted)

    content = writer.add(table_part(table.name), fill)
    return TableContent(table, rows, content)


def _add_file(writer: ArchiveWriter, name: str, content: bytes) -> Content:
    return writer.add(file_part(name), lambda write: write(content))
