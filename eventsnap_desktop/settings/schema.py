"""What can be set: the groups, their fields with limits and defaults, and how a field is named.

A field's full name is ``group.field`` (``encode.fetch_threads``), or ``home`` and ``log_level``,
which stand alone. The environment calls it ``EVENTSNAP_<GROUP>_<FIELD>``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

CONFIG_FILE = "config.toml"
ENVIRONMENT_PREFIX = "EVENTSNAP_"


def default_home() -> Path:
    """Return the data folder that is used when none is set: the platform's place for it."""
    return user_data_path("eventsnap", appauthor=False)


def _not_a_switch(value: Any) -> Any:
    """Refuse true and false where a number is meant; Python takes them for 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("it should be a number")
    return value


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


Count = Annotated[int, BeforeValidator(_not_a_switch)]
Amount = Annotated[float, BeforeValidator(_not_a_switch), Field(allow_inf_nan=False)]
Text = Annotated[str, BeforeValidator(_stripped)]


def _number_as_text(value: Any) -> Any:
    """Take ``camera = 0`` of a file as it is meant."""
    return str(value) if type(value) is int else _stripped(value)


class _Group(BaseModel):
    """One group: unknown fields are errors, and no error repeats what was given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class DatabaseSettings(_Group):
    """The database."""

    url: SecretStr | None = Field(
        default=None,
        description="postgresql://user:password@host:5432/database; empty: the built-in database. "
        "With a password it is a secret.",
    )
    url_in_keyring: bool = Field(
        default=False, description="the address with its password is kept in the system's keyring"
    )
    patience: Amount = Field(
        default=120.0, ge=0, le=86_400, description="seconds to wait for a database that is away"
    )


class StorageSettings(_Group):
    """The photo storage."""

    endpoint: Text = Field(
        default="", max_length=500, description="address of the S3 server, http://HOST:PORT"
    )
    access_key: SecretStr | None = Field(default=None, description="access key of the S3 server")
    secret_key: SecretStr | None = Field(default=None, description="secret key of the S3 server")
    region: Text = Field(default="us-east-1", min_length=1, max_length=64, description="region")
    patience: Amount = Field(
        default=120.0,
        ge=0,
        le=86_400,
        description="seconds to wait for a photo storage that is away",
    )
    poll_seconds: Amount = Field(
        default=10.0, ge=0.1, le=3_600, description="seconds between two listings while watching"
    )
    max_photo_megabytes: Count = Field(
        default=512, ge=1, le=4_096, description="larger photos are left out, in megabytes"
    )


class ModelSettings(_Group):
    """The models and where they run."""

    pack: Text = Field(
        default="auto",
        min_length=1,
        max_length=4_096,
        description="lite, standard, seed or a folder; auto: standard with a GPU, else lite",
    )
    provider: Literal["auto", "cpu", "cuda"] = Field(
        default="auto", description="where inference runs; auto: the GPU where it works"
    )
    gpu_mem_limit_mb: Count | None = Field(
        default=None, ge=256, le=1_048_576, description="megabytes of GPU memory to use at most"
    )


class EncodeSettings(_Group):
    """Encoding."""

    fetch_threads: Count = Field(
        default=0, ge=0, le=64, description="photos fetched at once; 0: automatic"
    )
    decode_threads: Count = Field(
        default=0, ge=0, le=256, description="threads that only decode; 0: automatic"
    )
    inference_threads: Count = Field(default=0, ge=0, le=256, description="inference; 0: automatic")
    max_megapixels: Count = Field(
        default=120, ge=1, le=1_000, description="larger pictures are refused, in megapixels"
    )
    max_attempts: Count = Field(
        default=3, ge=1, le=100, description="runs that try a photo before it is left as failed"
    )
    queue_megabytes: Count = Field(
        default=384,
        ge=32,
        le=65_536,
        description="memory that waiting photos may take, in megabytes",
    )


class MatchSettings(_Group):
    """Thresholds instead of the model pack's own, as cosine similarities."""

    sure: Amount | None = Field(
        default=None, ge=0, le=1, description="from here up a photo is shown"
    )
    maybe: Amount | None = Field(
        default=None, ge=0, le=1, description="from here up it is asked about"
    )

    @model_validator(mode="after")
    def _in_order(self) -> "MatchSettings":
        if self.sure is not None and self.maybe is not None and self.maybe > self.sure:
            raise ValueError("match.maybe should not be higher than match.sure")
        return self


class WindowSettings(_Group):
    """The look of the windows."""

    theme: Literal["system", "light", "dark"] = Field(
        default="system", description="colours of the windows; system: as the desktop has them"
    )
    language: Literal["system", "en", "de"] = Field(
        default="system", description="language of the windows; system: the desktop's"
    )


class KioskMachineSettings(_Group):
    """The kiosk on this machine; what holds for all kiosks of an event is set with the event."""

    name: Text = Field(
        default="",
        max_length=100,
        description="what the organizer calls this kiosk; empty: the computer's name",
    )
    camera: Annotated[str, BeforeValidator(_number_as_text)] = Field(
        default="0",
        min_length=1,
        max_length=4_096,
        description="0 for the first webcam, 1 for the second, or file:PATH",
    )
    theme: Literal["light", "dark"] = Field(
        default="light", description="colours for a light or a dark venue"
    )
    accessible: bool = Field(
        default=False,
        description="larger type, more contrast, everything within reach of a wheelchair",
    )
    sound: bool = Field(default=False, description="quiet sounds, as when a selfie is taken")
    printer: Text = Field(
        default="",
        max_length=500,
        description="the print queue's name, or several with commas between, or pdf:FOLDER; "
        "empty: the system's default",
    )


class MailSettings(_Group):
    """The server that e-mails to guests are handed to."""

    host: Text = Field(
        default="", max_length=253, description="the mail server's name; empty: no e-mails"
    )
    port: Count = Field(default=587, ge=1, le=65_535, description="the mail server's port")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="how the connection is encrypted; tls: from the start, mostly on port 465",
    )
    user: Text = Field(
        default="", max_length=320, description="who logs in at the mail server; empty: nobody"
    )
    password: SecretStr | None = Field(default=None, description="password of the mail server")
    sender: Text = Field(default="", max_length=320, description="address that e-mails come from")
    sender_name: Text = Field(default="", max_length=200, description="name that e-mails come from")


class ShareSettings(_Group):
    """The page that guests' phones open by a QR code."""

    enabled: bool = Field(default=True, description="guests may take photos on their own phone")
    port: Count = Field(
        default=8473, ge=1, le=65_535, description="where phones are answered, or on the next free"
    )
    host: Text = Field(
        default="",
        max_length=253,
        description="this machine's address in the network that phones are in; empty: found out",
    )
    public_url: Text = Field(
        default="",
        max_length=500,
        description="what links begin with where something stands before this machine, https://HOST",
    )
    certificate: Text = Field(
        default="", max_length=4_096, description="file with the certificate for https; with a key"
    )
    key: Text = Field(
        default="", max_length=4_096, description="file with the key of the certificate for https"
    )
    presigned: bool = Field(
        default=False,
        description="photos are saved straight from the S3 server, as they are: with all metadata",
    )


class Settings(BaseSettings):
    """All settings; build them with ``loading.load_settings``, which also reads file and place.

    ``home`` is the data folder: config file, built-in database, model packs, licences.
    """

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    home: Path = Field(default_factory=default_home, description="the data folder")
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        BeforeValidator(lambda given: given.strip().upper() if isinstance(given, str) else given),
    ] = Field(default="WARNING", description="what is logged")
    database: DatabaseSettings = DatabaseSettings()
    storage: StorageSettings = StorageSettings()
    model: ModelSettings = ModelSettings()
    encode: EncodeSettings = EncodeSettings()
    match: MatchSettings = MatchSettings()
    window: WindowSettings = WindowSettings()
    kiosk: KioskMachineSettings = KioskMachineSettings()
    mail: MailSettings = MailSettings()
    share: ShareSettings = ShareSettings()

    @property
    def models_folder(self) -> Path:
        """Where downloaded model packs lie."""
        return self.home / "models"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is handed in: the loader has merged the sources and knows where all is from."""
        del cls, settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def groups() -> dict[str, type[BaseModel]]:
    """Return the groups by name."""
    return {
        name: info.annotation
        for name, info in Settings.model_fields.items()
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel)
    }


def fields() -> Iterator[tuple[str, FieldInfo]]:
    """Yield every field's full name with what pydantic knows of it."""
    inside = groups()
    for name, info in Settings.model_fields.items():
        if name not in inside:
            yield name, info
            continue
        for field, field_info in inside[name].model_fields.items():
            yield f"{name}.{field}", field_info


def is_secret(name: str) -> bool:
    """Tell whether a field, by its full name, must never be shown or written."""
    secrets = {"database.url", "storage.access_key", "storage.secret_key", "mail.password"}
    return name in secrets


def is_personal(name: str) -> bool:
    """Tell whether a field, by its full name, may name a person: not for support texts."""
    return name in {"mail.user", "mail.sender", "mail.sender_name"}


def variable(name: str) -> str:
    """Return the environment variable of a field, by its full name."""
    return ENVIRONMENT_PREFIX + name.replace(".", "_").upper()
