"""A download ends with the right bytes or a sentence, whatever the server does."""

import hashlib
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from eventsnap_desktop.domain.errors import Cancelled, ModelPackError
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.vision.pack_download import Retry, discard, download
from tests.contract.packs.pack_server import Behaviour, serving

CONTENT = random.Random(7).randbytes(1_500_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
QUICK = Retry(tries=4, first_wait=0.001, longest_wait=0.002, timeout=5)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def server(**how: object) -> Behaviour:
    return Behaviour(files={"pack.zip": CONTENT}, **how)  # type: ignore[arg-type]


def fetch(behaviour: Behaviour, folder: Path, cancel: Cancel | None = None) -> Path:
    with serving(behaviour) as base:
        return download(
            f"{base}/pack.zip",
            folder / "pack.zip",
            DIGEST,
            lambda *_: None,
            cancel or Cancel(),
            QUICK,
        )


def ranges(behaviour: Behaviour) -> list[str | None]:
    return [wanted for _, wanted in behaviour.asked]


def test_the_file_arrives_with_progress(tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    with serving(server()) as base:
        arrived = download(
            f"{base}/pack.zip",
            tmp_path / "pack.zip",
            DIGEST,
            lambda done, total: seen.append((done, total)),
            Cancel(),
            QUICK,
        )

    assert arrived.read_bytes() == CONTENT
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    discard(tmp_path / "pack.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_tell_the_size_is_enough(tmp_path: Path) -> None:
    assert fetch(server(tells_length=False), tmp_path).read_bytes() == CONTENT


def test_a_transfer_that_is_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    behaviour = server(cuts=[400_000, 900_000])

    assert fetch(behaviour, tmp_path).read_bytes() == CONTENT
    assert ranges(behaviour) == [None, "bytes=400000-", "bytes=900000-"]


def test_it_goes_on_after_the_program_was_ended(tmp_path: Path) -> None:
    stopped = server(cuts=[700_000], statuses=[200, 404])
    with pytest.raises(ModelPackError):
        fetch(stopped, tmp_path)

    again = server()
    assert fetch(again, tmp_path).read_bytes() == CONTENT
    assert ranges(again) == ["bytes=700000-"]


def test_what_is_complete_already_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pack.zip.part").write_bytes(CONTENT)
    behaviour = server()

    assert fetch(behaviour, tmp_path).read_bytes() == CONTENT
    assert behaviour.asked == []


def test_a_server_without_ranges_begins_again(tmp_path: Path) -> None:
    behaviour = server(cuts=[400_000], ranges=False)

    assert fetch(behaviour, tmp_path).read_bytes() == CONTENT


def test_a_part_of_an_older_version_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "pack.zip.part").write_bytes(b"old" * 1000)
    (tmp_path / "pack.zip.part.tag").write_text('"older"')

    assert fetch(server(), tmp_path).read_bytes() == CONTENT


def test_without_a_reliable_tag_nothing_is_resumed(tmp_path: Path) -> None:
    behaviour = server(cuts=[400_000], etag='W/"weak"')

    assert fetch(behaviour, tmp_path).read_bytes() == CONTENT
    assert ranges(behaviour) == [None, None]


def test_a_part_longer_than_the_file_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "pack.zip.part").write_bytes(CONTENT + b"more")
    (tmp_path / "pack.zip.part.tag").write_text('"one"')
    behaviour = server()

    assert fetch(behaviour, tmp_path).read_bytes() == CONTENT
    assert ranges(behaviour) == [f"bytes={len(CONTENT) + 4}-", None]


def test_another_piece_than_asked_for_is_not_appended(tmp_path: Path) -> None:
    behaviour = server(cuts=[400_000], shifted=7)

    assert fetch(behaviour, tmp_path).read_bytes() == CONTENT
    assert ranges(behaviour) == [None, "bytes=400000-", None]


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    assert fetch(server(statuses=[503, 429, 500]), tmp_path).read_bytes() == CONTENT


def test_a_server_that_stays_busy_ends_with_a_sentence(tmp_path: Path) -> None:
    behaviour = server(statuses=[503] * 20)

    with pytest.raises(ModelPackError, match=r"503.*--models FILE"):
        fetch(behaviour, tmp_path)
    assert len(behaviour.asked) == QUICK.tries


def test_a_missing_file_is_not_asked_for_again(tmp_path: Path) -> None:
    behaviour = Behaviour(files={})

    with pytest.raises(ModelPackError, match="404"):
        fetch(behaviour, tmp_path)
    assert len(behaviour.asked) == 1


def test_a_server_that_always_cuts_at_the_same_byte_ends_with_a_sentence(tmp_path: Path) -> None:
    behaviour = server(cuts=[1000] * 50, ranges=False)

    with pytest.raises(ModelPackError, match="ended after 1000 of 1500000 bytes"):
        fetch(behaviour, tmp_path)
    assert len(behaviour.asked) <= QUICK.tries + 1


def test_a_server_that_is_not_there_ends_with_a_sentence(tmp_path: Path) -> None:
    with serving(server()) as base:
        pass  # its port is free again now

    with pytest.raises(ModelPackError, match="run it again"):
        download(f"{base}/pack.zip", tmp_path / "p", DIGEST, lambda *_: None, Cancel(), QUICK)


def test_wrong_bytes_are_removed(tmp_path: Path) -> None:
    behaviour = Behaviour(files={"pack.zip": b"something else"})

    with pytest.raises(ModelPackError, match="not the file it should be"):
        fetch(behaviour, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_length_told_too_short_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match="not the file it should be"):
        fetch(server(lie=-1000), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_length_told_too_long_does_no_harm(tmp_path: Path) -> None:
    assert fetch(server(lie=1000), tmp_path).read_bytes() == CONTENT


def test_an_absurd_length_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ModelPackError, match="too large"):
        fetch(server(lie=10**13), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int = 1_000_000

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage())

    with pytest.raises(ModelPackError, match="too full: 65 MB are needed, 0 MB are free"):
        fetch(server(), tmp_path)


def test_a_disk_that_fills_up_meanwhile_is_a_sentence_and_the_part_stays(tmp_path: Path) -> None:
    # The limit on a file's size stands in for a full disk; it needs a process of its own.
    program = f"""
import resource, signal
from pathlib import Path
from tests.contract.packs.test_download import *
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    fetch(server(), Path({str(tmp_path)!r}))
except ModelPackError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )

    assert "cannot be written (File too large)" in done.stdout
    assert (tmp_path / "pack.zip.part").stat().st_size == 600_000


def test_a_stop_keeps_what_has_arrived(tmp_path: Path) -> None:
    cancel = Cancel()
    with serving(server()) as base, pytest.raises(Cancelled):
        download(
            f"{base}/pack.zip",
            tmp_path / "pack.zip",
            DIGEST,
            lambda done, _: cancel.request() if done else None,
            cancel,
            QUICK,
        )

    kept = (tmp_path / "pack.zip.part").read_bytes()
    assert kept
    assert CONTENT.startswith(kept)


def test_a_stop_while_waiting_for_the_next_try_is_heeded(tmp_path: Path) -> None:
    cancel = Cancel()
    behaviour = server(statuses=[503] * 20, on_answer=cancel.request)

    with pytest.raises(Cancelled):
        fetch(behaviour, tmp_path, cancel)
    assert len(behaviour.asked) == 1


def test_only_the_web_is_asked(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(CONTENT)

    with pytest.raises(ModelPackError, match="cannot be fetched"):
        download(secret.as_uri(), tmp_path / "p", DIGEST, lambda *_: None, Cancel(), QUICK)
