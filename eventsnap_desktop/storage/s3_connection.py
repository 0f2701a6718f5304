"""The address and the keys of an S3 server."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from eventsnap_desktop.domain.errors import SourceRefusedError


@dataclass(frozen=True, slots=True)
class S3Connection:
    """Where an S3 server is and how to get in.

    ``endpoint`` is ``http://HOST:PORT`` or ``https://HOST:PORT``; without a scheme HTTPS is meant.
    The secret never shows in a repr, so it cannot slip into a log.
    """

    endpoint: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"

    @property
    def secure(self) -> bool:
        """Whether the connection is encrypted."""
        return not self.endpoint.lower().startswith("http://")

    @property
    def host(self) -> str:
        """``HOST`` or ``HOST:PORT``; SourceRefusedError when the endpoint is not an address."""
        text = self.endpoint.strip()
        try:
            parts = urlsplit(text if "://" in text else f"https://{text}")
            fits = parts.scheme in {"http", "https"} and parts.hostname
            _ = parts.port  # raises when it is not a number
        except ValueError:
            fits = False
        if not fits or parts.path.strip("/") or parts.query or parts.username:
            raise SourceRefusedError(
                "The address of the photo storage cannot be used",
                "Write it as http://HOST:PORT or https://HOST:PORT, without a path or a user name.",
            )
        return parts.netloc
