"""Turns what minio-py and urllib3 raise into the program's errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
from urllib3.exceptions import HTTPError, SSLError

from eventsnap_desktop.domain.errors import EventSnapError, SourceAwayError, SourceRefusedError

MISSING = frozenset({"NoSuchKey", "NoSuchVersion"})
TAKEN = frozenset(
    {
        "PreconditionFailed",
        "ConditionalRequestConflict",
        # MinIO and SeaweedFS store keys as paths: "a" and "a/b" exclude each other.
        "XMinioParentIsObject",
        "XMinioObjectExistsAsDirectory",
        "ExistingObjectIsDirectory",
        "ExistingObjectIsFile",
    }
)
# "BadRequest" is what minio-py makes of a HEAD that MinIO answers with 400 and no words.
_BAD_NAME = frozenset(
    {"XMinioInvalidObjectName", "KeyTooLongError", "InvalidObjectName", "BadRequest"}
)
_AWAY = frozenset(
    {
        *("InternalError", "ServiceUnavailable", "SlowDown", "SlowDownRead", "SlowDownWrite"),
        *("RequestTimeout", "OperationAborted", "XMinioServerNotInitialized"),
        *("XMinioStorageResourceInsufficient", "TooManyRequests", "Throttling"),
    }
)
_NO_RIGHT = (
    "No right to use the bucket “{bucket}” at {host}",
    "Give the access key read and write rights on it, or correct the keys.",
)
_KEYS = (
    "The photo storage at {host} does not accept the access key and the secret key",
    "Correct them in the settings.",
)
_REGION = (
    "The bucket “{bucket}” belongs to another region",
    "Set the storage region in the settings.",
)
_REFUSALS = {
    "NoSuchBucket": (
        "There is no bucket “{bucket}” in the photo storage at {host}",
        "Create it, or correct the event's source.",
    ),
    "InvalidAccessKeyId": _KEYS,
    "SignatureDoesNotMatch": _KEYS,
    "InvalidTokenId": _KEYS,
    "AccessDenied": _NO_RIGHT,
    "AllAccessDisabled": _NO_RIGHT,
    "AccountProblem": _NO_RIGHT,
    "RequestTimeTooSkewed": (
        "The clocks of this machine and of the photo storage at {host} differ too much",
        "Set the clock of the one that is wrong.",
    ),
    "XMinioStorageFull": (
        "The disk of the photo storage at {host} is full",
        "Make room and try again.",
    ),
    "AuthorizationHeaderMalformed": _REGION,
    "PermanentRedirect": _REGION,
    "Redirect": _REGION,
    "IllegalLocationConstraint": _REGION,
}


def is_bad_name(code: str) -> bool:
    """Return whether the server does not take the key as a name."""
    return code in _BAD_NAME


@contextmanager
def telling(bucket: str, host: str) -> Iterator[None]:
    """Wrap whatever goes wrong inside; S3Errors of ``MISSING`` and ``TAKEN`` codes pass through."""
    try:
        yield
    except S3Error as error:
        if error.code in MISSING | TAKEN or is_bad_name(error.code or ""):
            raise
        raise refusal(error.code or "", bucket, host, error.message or "") from error
    except InvalidResponseError as error:
        status = getattr(error, "_code", 0)
        raise by_status(int(status or 0), host) from error
    except ServerError as error:
        raise by_status(error.status_code, host) from error
    except SSLError as error:
        raise _certificate(host) from error
    except HTTPError as error:
        if isinstance(getattr(error, "reason", None), SSLError):
            raise _certificate(host) from error
        raise unreachable(host) from error
    except (OSError, MinioException) as error:
        raise unreachable(host) from error
    except (ElementTree.ParseError, ValueError) as error:  # a web page where XML was asked for
        raise by_status(200, host) from error


def unreachable(host: str) -> SourceAwayError:
    """Return the error for a server that does not answer, or no longer."""
    return SourceAwayError(
        f"The photo storage at {host} does not answer",
        "Check that the server runs, the network cable, and the address in the settings.",
    )


def by_status(status: int, host: str) -> EventSnapError:
    """Return the error for an answer that is not S3's, by its HTTP status."""
    if status >= 500 or status == 429:
        return SourceAwayError(
            f"The photo storage at {host} is not ready (HTTP {status})",
            "It may be starting; if it stays so, look at the server.",
        )
    return SourceRefusedError(
        f"What answers at {host} is not an S3 storage (HTTP {status})",
        "Check the address and the port in the settings: the web console has another port.",
    )


def refusal(code: str, bucket: str, host: str, said: str = "") -> EventSnapError:
    """Return the error for an S3 error code."""
    if code in _AWAY:
        return SourceAwayError(
            f"The photo storage at {host} is not ready ({code})",
            "It may be starting or overloaded; if it stays so, look at the server.",
        )
    message, advice = _REFUSALS.get(
        code,
        (
            "The photo storage at {host} refused the request ({code}: {said})",
            "Look at the server, and at the address, keys and bucket in the settings.",
        ),
    )
    words = {"bucket": bucket, "host": host, "code": code, "said": said}
    return SourceRefusedError(message.format(**words), advice)


def _certificate(host: str) -> SourceRefusedError:
    return SourceRefusedError(
        f"The encrypted connection to {host} could not be made",
        "Check its certificate, or write http:// where the server does not encrypt.",
    )
