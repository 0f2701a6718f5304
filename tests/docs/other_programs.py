"""What is looked at in commands that no test may run: of the system, of servers, with a network.

``check`` raises AssertionError where a command names what is not there, and where nobody has said
how a program's commands are looked at: then this file needs a rule.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

from eventsnap_desktop.app.demo import DemoFolder
from tests.docs.our_program import way_of

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "packaging/systemd"
_OUR_PLACES = re.compile(r"/(etc|opt|var|srv|usr|mnt|media)/\S+|\.?[\w./-]+|~/\S+")


def check(words: list[str]) -> None:
    """Look at one command by the rule of its program."""
    program = Path(words[0]).name if words[0].startswith("/") else words[0]
    rule = RULES.get(program)
    assert rule is not None, f"no rule says how to look at {program}: tests/docs/other_programs.py"
    rule(words)


def knows(program: str) -> bool:
    """Tell whether there is a rule for a program."""
    return program in RULES


def make(words: list[str]) -> None:
    """The targets are there; what they would run can be said."""
    done = _run(["make", "--dry-run", *words[1:]])
    assert done.returncode == 0, done.stderr


def _sudo(words: list[str]) -> None:
    rest = words[1:]
    while rest and rest[0].startswith("-"):
        rest = rest[2:] if rest[0] in {"-u", "-g"} else rest[1:]
    assert rest, "sudo without a command"
    check(rest)


def _apt(words: list[str]) -> None:
    """The packages are known to this system's lists, where it has lists."""
    verb, *names = [word for word in words[1:] if not word.startswith("-")]
    assert verb in {"install", "update", "remove", "purge"}, verb
    for name in names:
        if not name.startswith(("./", "/")) and _has_package_lists():
            assert _run(["apt-cache", "show", name]).returncode == 0, f"no package {name}"


def _systemd(words: list[str]) -> None:
    """Units of ours have a file, verbs and options are known where the program is here."""
    verbs = [word for word in words[1:] if not word.startswith("-")]
    for name in verbs[1:] if words[0] == "systemctl" else verbs:
        if name.startswith("eventsnap"):
            unit = re.sub(r"@[^.]*", "@", name)
            known = [file.name for file in UNITS.iterdir()]
            assert unit in known or f"{unit}.service" in known, f"no unit {name}"
    _options_are_there(words)


def _service(words: list[str]) -> None:
    """The program takes these words; our script hands them over (packaging/debian)."""
    way_of(words[1:])


def _our_script(words: list[str]) -> None:
    """The script is there, can be run, and takes so many arguments by its own words."""
    script = ROOT / words[0]
    assert os.access(script, os.X_OK), words[0]
    [usage] = re.findall(r"^#   sudo \S+ (.+)$", script.read_text("utf-8"), re.MULTILINE)
    least = sum(not word.startswith("[") for word in usage.split())
    assert least <= len(words) - 1 <= len(usage.split()), f"{words[0]} {usage}"


def _docker(words: list[str]) -> None:
    """The compose file is there and has the services that are named."""
    assert words[1:2] == ["compose"], words
    file = words[words.index("-f") + 1] if "-f" in words else "compose.yaml"
    services = yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))["services"]
    rest = [word for word in words[2:] if word not in {"-f", file}]
    verb = next(word for word in rest if not word.startswith("-"))
    assert verb in {"up", "down", "exec", "run", "logs", "ps", "stop", "start", "pull", "restart"}
    named = [word for word in rest[rest.index(verb) + 1 :] if not word.startswith("-")]
    if named and verb in {"exec", "run", "logs", "restart", "stop", "start"}:
        assert named[0] in services, f"no service {named[0]} in {file}"


def _install(words: list[str]) -> None:
    """What is copied is in the repository, where it goes is a place of the system."""
    paths = [word for word in words[1:] if not word.startswith("-") and not word.isdigit()]
    assert len(paths) >= 2, words
    for path in paths[:-1]:
        assert (ROOT / path).exists(), f"no file {path}"
    assert _OUR_PLACES.fullmatch(paths[-1]), paths[-1]


def _cp(words: list[str]) -> None:
    """What is copied is in the repository, or made by the demo."""
    *sources, _ = [word for word in words[1:] if not word.startswith("-")]
    demo = DemoFolder(ROOT / "demo")
    made = {demo.photos, demo.selfie, demo.gallery}
    for source in sources:
        assert (ROOT / source).exists() or ROOT / source in made, f"no {source}"


def _places(words: list[str]) -> None:
    """Every path is one of the system's or below the current folder."""
    paths = [word for word in words[1:] if not word.startswith("-")]
    assert paths, words
    for path in paths:
        assert _OUR_PLACES.fullmatch(path), path
    _options_are_there(words)


def _options_are_there(words: list[str]) -> None:
    """Every long option stands in the program's help, where the program is here."""
    program = shutil.which(words[0], path="/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
    for word in words[1:]:
        if program and word.startswith("--") and len(word) > 2:
            assert word.split("=")[0] in _help_of(program), f"{words[0]} has no {word}"


def _gsettings(words: list[str]) -> None:
    verb, schema, key, *value = words[1:]
    assert verb in {"set", "get", "reset"}, words
    assert len(value) == (verb == "set"), words
    known = _run(["gsettings", "list-keys", schema]) if shutil.which("gsettings") else None
    if known is not None and known.returncode == 0:
        assert key in known.stdout.split(), f"{schema} has no key {key}"


def _python(words: list[str]) -> None:
    """The module or script is there; ours only, for others are run."""
    if words[1:2] == ["-m"]:
        name = words[2].replace(".", "/")
        assert any((ROOT / f"{name}{end}").exists() for end in (".py", "/__main__.py")), words[2]
    else:
        assert (ROOT / words[1]).is_file(), f"no file {words[1]}"


def _script(words: list[str]) -> None:
    """The script is there; those that prepare servers are run by tests of their own."""
    assert (ROOT / words[1]).is_file(), f"no file {words[1]}"


def _psql(words: list[str]) -> None:
    """The file of statements is there; it is run by tests of its own."""
    assert (ROOT / words[words.index("-f") + 1]).is_file(), words


def _pytest(words: list[str]) -> None:
    """The tests that are named are there."""
    paths = [ROOT / word for word in words[1:] if "/" in word] or [ROOT / "tests"]
    assert all(path.exists() for path in paths), words
    if "-k" in words:
        wanted = words[words.index("-k") + 1]
        texts = [file.read_text("utf-8") for path in paths for file in path.rglob("*.py")]
        assert any(re.search(rf"def test_\w*{wanted}", text) for text in texts), wanted


def _shape(pattern: str) -> Callable[[list[str]], None]:
    """Commands of programs that are never on this system: only what we know of them by heart."""

    def rule(words: list[str]) -> None:
        assert re.fullmatch(pattern, " ".join(words), re.DOTALL), (
            f"{' '.join(words)} is not like {pattern}"
        )

    return rule


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


@cache
def _help_of(program: str) -> str:
    done = _run([program, "--help"])
    return done.stdout + done.stderr


@cache
def _has_package_lists() -> bool:
    return bool(shutil.which("apt-cache")) and _run(["apt-cache", "show", "cage"]).returncode == 0


RULES: dict[str, Callable[[list[str]], None]] = {
    **dict.fromkeys(("apt", "apt-get"), _apt),
    **dict.fromkeys(("systemctl", "journalctl", "systemd-analyze", "loginctl"), _systemd),
    **dict.fromkeys(("useradd", "usermod", "groupadd", "lpadmin", "lpstat"), _options_are_there),
    **dict.fromkeys(("mkdir", "tee", "chmod", "chown", "cd", "rm", "ls", "touch"), _places),
    **dict.fromkeys(("python", "python3", ".venv/bin/python"), _python),
    ".venv/bin/pytest": _pytest,
    "sudo": _sudo,
    "sh": _script,
    "psql": _psql,
    "docker": _docker,
    "cp": _cp,
    "install": _install,
    "gsettings": _gsettings,
    "eventsnap-service": _service,
    **dict.fromkeys(("packaging/installed-test.sh", "packaging/services-test.sh"), _our_script),
    "make": make,
    "printf": _shape(r"printf .+"),
    "cage": _shape(r"cage (-[rhs]|-m last|-- .+)"),
    "wlr-randr": _shape(r"wlr-randr --output [\w-]+ --transform (90|180|270)"),
    "ufw": _shape(r"ufw allow (from [\d./]+ to any port )?[\d:]+(/tcp| proto tcp)?"),
    "xset": _shape(r"xset s off -dpms"),
    "xrandr": _shape(r"xrandr --output [\w-]+ --rotate (left|right)"),
    "xinput": _shape(r"xinput map-to-output DEVICE [\w-]+"),
    "powercfg": _shape(r"powercfg /change (monitor|standby)-timeout-ac 0"),
}
