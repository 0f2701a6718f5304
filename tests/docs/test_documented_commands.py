"""Every command of the documents does what it says, so that none can rot.

Commands of the program are run on a sample event. Of commands that change a system or need a
network, what they name is looked at (other_programs.py); one that no rule knows fails.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest

from eventsnap_desktop.index.embedded import embedded_server
from eventsnap_desktop.settings.schema import fields, variable
from tests.docs import other_programs
from tests.docs.answer_keys import never_seen, undocumented
from tests.docs.block_languages import check_block
from tests.docs.markdown import Block, blocks, inline_code, is_shell
from tests.docs.our_program import Way, check_options, is_ours, way_of
from tests.docs.program_host import Ended
from tests.docs.references import words as words_of_pages
from tests.docs.spelled_out import assignments, in_world, simple_commands, usages
from tests.docs.world import BUCKET, World
from tests.docs.written_commands import DOCUMENTS, ROOT, Case, cases, setting_blocks
from tests.fixtures.minio_build import minio_binary
from tests.fixtures.s3 import S3Server

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("bash") is None, reason="commands of Linux's shell"
)
CASES = cases()
SETTING_BLOCKS = setting_blocks()
SETTINGS = {variable(name) for name, _ in fields()}
FRAME = [
    *(ROOT / name for name in ("docker-compose.db.yml", ".env.example", "Makefile")),
    *(file for file in (ROOT / "packaging").rglob("*") if file.suffix in {".service", ".sh"}),
    *(ROOT / "tests/journeys").glob("*.py"),
]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the program with the world's values."""

    arguments: tuple[str, ...]
    variables: tuple[tuple[str, str], ...]


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Return the place in which commands are run."""
    name = "seaweedfs_server" if minio_binary() is None else "minio_server"
    s3: S3Server = request.getfixturevalue(name)
    folder = Path(tempfile.mkdtemp(prefix="eventsnap-test-"))
    with embedded_server(folder / "home") as server:
        made = World(folder, server, s3.connection)
        s3.client().make_bucket(BUCKET)
        for photo in sorted((folder / "more").iterdir())[:2]:
            s3.client().fput_object(BUCKET, f"PREFIX/{photo.name}", str(photo))
        yield made
        made.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def long_ones(world: World) -> Iterator[dict[Call, "Future[Ended]"]]:
    """Start the calls that do not end by themselves, one after another, beside the others."""
    with ThreadPoolExecutor(1) as pool:
        found = {call for case in CASES for call in _lasting(case, world)}
        yield {
            call: pool.submit(world.run_until_up, call.arguments, dict(call.variables))
            for call in sorted(found, key=str)
        }
        pool.shutdown(cancel_futures=True)


def spelled_out(case: Case) -> list[str]:
    """Return the lines for the shell: usage lines are of our program only."""
    return usages(case.text) if is_ours(case.text.split()) else [case.text]


def calls(case: Case, world: World) -> list[Call]:
    """Return the calls of the program in a command; a usage line stands for several."""
    found = []
    for text in spelled_out(case):
        for words in simple_commands(text):
            given, rest = assignments(words)
            if is_ours(rest):
                variables = {
                    name: value
                    for name, value in (_variables(case) | given).items()
                    if name in SETTINGS
                }
                arguments = in_world(rest, world.places)[1:]
                found.append(Call(tuple(arguments), tuple(world.values(variables).items())))
    return found


def _variables(case: Case) -> dict[str, str]:
    """Return what the lines before a command set; unexported ones would not reach the program."""
    given: dict[str, str] = {}
    for line in case.variables:
        assert line.startswith("export "), f"the program does not see this without export: {line}"
        given |= assignments(line.split())[0]
    return given


def _lasting(case: Case, world: World) -> list[Call]:
    try:
        return [one for one in calls(case, world) if way_of(one.arguments) is Way.UNTIL_UP]
    except (AssertionError, ValueError):
        return []  # the command's own test says what is wrong with it


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_command_of_the_documents_works(
    case: Case, world: World, long_ones: dict[Call, "Future[Ended]"]
) -> None:
    for text in spelled_out(case):
        for words in simple_commands(text):
            given, rest = assignments(words)
            _check_names(given)
            if rest and not is_ours(rest):
                other_programs.check(rest)
    for call in calls(case, world):
        way = way_of(call.arguments)
        if way is Way.UNTIL_UP:
            ended = long_ones[call].result(timeout=280)
        elif way is Way.TO_ITS_END:
            ended = world.try_program(call.arguments, call.variables)
        else:
            continue
        assert ended.code == 0, f"{call}: {ended.said}"


def _check_names(given: Mapping[str, str]) -> None:
    """Look that a variable is a setting, or used by the files that start servers and services."""
    for name in given:
        used = any(re.search(rf"\b{name}\b", file.read_text("utf-8")) for file in FRAME)
        assert name in {"PATH", *SETTINGS} or used, f"nothing reads {name}"


@pytest.mark.parametrize("block", SETTING_BLOCKS, ids=lambda block: block.place)
def test_settings_of_the_documents_can_be_used(block: Block, world: World) -> None:
    given: dict[str, str] = {}
    for line in block.lines:
        given |= assignments(line.split())[0]
    _check_names(given)
    # Servers in commands are asked by the doctor; in a file they may be of somebody's own network.
    ended = world.run_program(["--doctor" if is_shell(block) else "--models"], world.values(given))
    assert ended.code == 0, ended.said


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_options_in_sentences_are_options_of_the_program(document: Path) -> None:
    for _, code in inline_code(document):
        if code.startswith("--"):
            check_options(code.split())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_blocks_that_are_no_commands_are_what_they_say(document: Path) -> None:
    for block in blocks(document):
        if not is_shell(block):
            check_block(block)


def surroundings(world: World, command: str) -> AbstractContextManager[None]:
    """Return what has to be so while a command runs, for its answer to have all keys."""
    if "--restore" in command:
        return world.lost_photos()
    return world.encode() if "--delete-expired" in command else nullcontext()


def test_answers_have_the_keys_that_the_page_of_commands_lists(world: World) -> None:
    odd = world.add_odd_data()
    answers = words_of_pages()["answers"]
    # "This and the rest is as above", says the page there.
    answers["--status EVENT --json"] = answers["--status --json"] | answers["--status EVENT --json"]
    del answers["--status EVENT --json"]["events[]"]
    wrong = {}
    for command in sorted(answers, key=lambda one: one.startswith(("--erase", "--delete"))):
        keys = answers[command]
        arguments = in_world(usages(command)[0].split(), {**world.places, "more": odd})
        with surroundings(world, command):
            ended = world.run_program(arguments, {})
        assert ended.code in {0, 3}, f"{command}: {ended.said}"  # 3: some photos are broken
        too_few, too_many = undocumented(ended.answer, keys), never_seen(ended.answer, keys)
        if too_few or too_many:
            wrong[command] = f"not on the page: {too_few}, not in the answer: {too_many}"
    world.put_back()
    assert not wrong, wrong
