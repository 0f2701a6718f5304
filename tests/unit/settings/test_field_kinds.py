"""A form can be made of the settings' model."""

import pytest

from eventsnap_desktop.settings.field_kinds import FieldKind, Kind, kind_of
from eventsnap_desktop.settings.schema import fields, is_secret

KINDS = {name: kind_of(info) for name, info in fields()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("home", FieldKind(Kind.TEXT, False)),
        ("log_level", FieldKind(Kind.CHOICE, False, choices=("DEBUG", "INFO", "WARNING", "ERROR"))),
        ("database.url_in_keyring", FieldKind(Kind.SWITCH, False)),
        ("database.patience", FieldKind(Kind.AMOUNT, False, 0, 86_400)),
        ("model.gpu_mem_limit_mb", FieldKind(Kind.COUNT, True, 256, 1_048_576)),
        ("match.sure", FieldKind(Kind.AMOUNT, True, 0, 1)),
        ("storage.region", FieldKind(Kind.TEXT, False)),
        ("window.theme", FieldKind(Kind.CHOICE, False, choices=("system", "light", "dark"))),
        ("kiosk.camera", FieldKind(Kind.TEXT, False)),
        ("mail.port", FieldKind(Kind.COUNT, False, 1, 65_535)),
        ("mail.password", FieldKind(Kind.SECRET, True)),
    ],
)
def test_a_fields_kind_is_told_from_its_type(name: str, kind: FieldKind) -> None:
    assert KINDS[name] == kind


def test_exactly_the_secrets_are_entered_as_secrets() -> None:
    assert {name for name, kind in KINDS.items() if kind.kind is Kind.SECRET} == {
        name for name in KINDS if is_secret(name)
    }


def test_every_number_has_limits() -> None:
    for name, kind in KINDS.items():
        if kind.kind in {Kind.COUNT, Kind.AMOUNT}:
            assert kind.low is not None, name
            assert kind.high is not None, name
