"""What settings and their groups are called, in the language of the window."""

from PySide6.QtCore import QObject

from eventsnap_desktop.settings.schema import variable


class SettingWords(QObject):
    """Titles and sentences; a field that is not known here is called by its variable."""

    def group(self, name: str) -> str:
        """Return a group's title; "" is that of the fields that stand alone."""
        return {
            "": self.tr("General"),
            "window": self.tr("Appearance"),
            "model": self.tr("Models"),
            "encode": self.tr("Encoding"),
            "match": self.tr("Finding"),
            "storage": self.tr("Photo storage"),
            "database": self.tr("Database"),
            "kiosk": self.tr("Kiosk on this machine"),
            "mail": self.tr("E-mail"),
            "share": self.tr("Photos on phones"),
        }.get(name, name)

    def field(self, name: str, description: str) -> tuple[str, str]:
        """Return a field's title and sentence; ``description`` is the schema's own."""
        kinds = (
            self._window(),
            self._model(),
            self._encode(),
            self._servers(),
            self._kiosk(),
            self._mail(),
            self._share(),
        )
        for words in kinds:
            if name in words:
                return words[name]
        return variable(name), description

    def choice(self, value: str) -> str:
        """Return what a choice is called; the same everywhere."""
        words = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "en": "English",
            "de": "Deutsch",
            "auto": self.tr("Automatic"),
            "cpu": self.tr("Processor (CPU)"),
            "cuda": self.tr("Graphics card (CUDA)"),
            "starttls": "STARTTLS",
            "tls": "TLS",
            "none": self.tr("Not encrypted"),
            "DEBUG": self.tr("Everything"),
            "INFO": self.tr("What is done"),
            "WARNING": self.tr("Warnings and errors"),
            "ERROR": self.tr("Errors only"),
        }
        return words.get(value, value)

    def _window(self) -> dict[str, tuple[str, str]]:
        return {
            "window.theme": (self.tr("Theme"), self.tr("The colours of the windows.")),
            "window.language": (self.tr("Language"), self.tr("The language of the windows.")),
            "home": (
                self.tr("Data folder"),
                self.tr("Where the index, models, logs and this configuration lie."),
            ),
            "log_level": (self.tr("Log"), self.tr("What is logged.")),
            "match.sure": (
                self.tr("Surely"),
                self.tr("Similarity from which a photo is shown. The model pack knows a good one."),
            ),
            "match.maybe": (
                self.tr("Maybe"),
                self.tr("Similarity from which a photo is asked about. Not above “surely”."),
            ),
        }

    def _model(self) -> dict[str, tuple[str, str]]:
        return {
            "model.pack": (
                self.tr("Model pack"),
                self.tr("lite, standard, seed or a folder. auto: standard with a GPU, else lite."),
            ),
            "model.provider": (
                self.tr("Computes on"),
                self.tr("Where faces are found and compared. Automatic: the GPU where it works."),
            ),
            "model.gpu_mem_limit_mb": (
                self.tr("GPU memory at most (MB)"),
                self.tr("Leave some for other programs on this machine."),
            ),
        }

    def _encode(self) -> dict[str, tuple[str, str]]:
        return {
            "encode.fetch_threads": (
                self.tr("Photos fetched at once"),
                self.tr("0: the program chooses."),
            ),
            "encode.decode_threads": (
                self.tr("Threads that only decode"),
                self.tr("0: the program chooses."),
            ),
            "encode.inference_threads": (
                self.tr("Threads that find faces"),
                self.tr("0: the program chooses."),
            ),
            "encode.max_megapixels": (
                self.tr("Largest picture (megapixels)"),
                self.tr("Larger pictures are refused."),
            ),
            "encode.max_attempts": (
                self.tr("Tries for each photo"),
                self.tr("After so many runs a photo is left as failed."),
            ),
            "encode.queue_megabytes": (
                self.tr("Memory for waiting photos (MB)"),
                self.tr("Photos that are fetched and wait to be encoded take no more."),
            ),
        }

    def _servers(self) -> dict[str, tuple[str, str]]:
        return {
            "storage.endpoint": (
                self.tr("S3 server"),
                self.tr("Its address, http://HOST:PORT. Empty: photos come from folders only."),
            ),
            "storage.access_key": (
                self.tr("Access key"),
                self.tr("Kept in the system’s keyring, never in a file."),
            ),
            "storage.secret_key": (
                self.tr("Secret key"),
                self.tr("Kept in the system’s keyring, never in a file."),
            ),
            "storage.region": (self.tr("Region"), self.tr("Most servers take any.")),
            "storage.patience": (
                self.tr("Patience with the storage (seconds)"),
                self.tr("How long an encode waits for a storage that is away."),
            ),
            "storage.poll_seconds": (
                self.tr("Look for new photos every (seconds)"),
                self.tr("While watching, the source is listed so often at least."),
            ),
            "storage.max_photo_megabytes": (
                self.tr("Largest file (MB)"),
                self.tr("Larger files are left out."),
            ),
            "database.url": (
                self.tr("PostgreSQL server"),
                self.tr(
                    "postgresql://user:password@host:5432/database. Empty: the built-in database. "
                    "With a password it is kept in the system’s keyring."
                ),
            ),
            "database.url_in_keyring": (
                self.tr("Address from the keyring"),
                self.tr("The server’s address with its password is in the system’s keyring."),
            ),
            "database.patience": (
                self.tr("Patience with the database (seconds)"),
                self.tr("How long work waits for a database that is away."),
            ),
        }

    def _kiosk(self) -> dict[str, tuple[str, str]]:
        return {
            "kiosk.name": (
                self.tr("Name of this kiosk"),
                self.tr("What the organizer sees. Empty: the computer’s name."),
            ),
            "kiosk.camera": (
                self.tr("Camera"),
                self.tr("0 is the first webcam, 1 the second. file:PATH plays a file instead."),
            ),
            "kiosk.theme": (
                self.tr("Colours of the kiosk"),
                self.tr("Light for a light venue, dark for a dark one."),
            ),
            "kiosk.accessible": (
                self.tr("Accessible mode"),
                self.tr("Larger type, more contrast, everything within reach of a wheelchair."),
            ),
            "kiosk.sound": (
                self.tr("Sounds"),
                self.tr("Quiet sounds, as when a selfie is taken."),
            ),
            "kiosk.printer": (
                self.tr("Printer"),
                self.tr(
                    "The print queue’s name, or several with commas between: the next free one"
                    " prints. pdf:FOLDER puts files into a folder instead. Empty: the system’s"
                    " default printer."
                ),
            ),
        }

    def _mail(self) -> dict[str, tuple[str, str]]:
        return {
            "mail.host": (
                self.tr("Mail server"),
                self.tr("Its name, as smtp.example.org. Empty: guests get no e-mails."),
            ),
            "mail.port": (self.tr("Port"), self.tr("Mostly 587, with TLS mostly 465.")),
            "mail.security": (
                self.tr("Encryption"),
                self.tr("STARTTLS, or TLS from the start. Without any, anybody can read along."),
            ),
            "mail.user": (self.tr("User"), self.tr("Who logs in. Empty: nobody has to.")),
            "mail.password": (
                self.tr("Password"),
                self.tr("Kept in the system’s keyring, never in a file."),
            ),
            "mail.sender": (
                self.tr("Sender’s address"),
                self.tr("Where e-mails to guests come from."),
            ),
            "mail.sender_name": (
                self.tr("Sender’s name"),
                self.tr("What guests read as the sender."),
            ),
        }

    def _share(self) -> dict[str, tuple[str, str]]:
        return {
            "share.enabled": (
                self.tr("Photos on phones"),
                self.tr("Guests scan a code and have their photos, without the internet."),
            ),
            "share.port": (
                self.tr("Port"),
                self.tr("Where phones are answered; where it is taken, on the next free one."),
            ),
            "share.host": (
                self.tr("Address for phones"),
                self.tr("This machine’s in the network of the phones. Empty: it is found out."),
            ),
            "share.public_url": (
                self.tr("Public address"),
                self.tr("What links begin with where a proxy stands before this machine."),
            ),
            "share.certificate": (
                self.tr("Certificate"),
                self.tr("A file in PEM form, for https. It needs its key."),
            ),
            "share.key": (
                self.tr("Key of the certificate"),
                self.tr("A file in PEM form, without a password."),
            ),
            "share.presigned": (
                self.tr("Save straight from the S3 server"),
                self.tr("Photos leave as they are, with all metadata. Phones must reach it."),
            ),
        }
