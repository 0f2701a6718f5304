"""What printers say of themselves, as sentences for the staff."""

from collections.abc import Iterable

_NO_REASON = {"none", "paused", "moving-to-paused"}

_SENTENCES = {
    "media-empty": "it is out of paper",
    "media-needed": "it needs paper",
    "media-jam": "paper is jammed",
    "input-tray-missing": "its paper tray is missing",
    "output-area-full": "its output is full",
    "marker-supply-empty": "its ribbon or ink is used up",
    "marker-waste-full": "its waste container is full",
    "toner-empty": "its toner is used up",
    "developer-empty": "its developer is used up",
    "door-open": "its door is open",
    "cover-open": "its cover is open",
    "interlock-open": "its cover is open",
    "offline": "it is switched off or not connected",
    "connecting-to-device": "it does not answer yet",
    "timed-out": "it does not answer",
    "shutdown": "it is switched off",
    "spool-area-full": "the print server's disk is full",
    "fuser-over-temp": "it is too hot",
    "hold-new-jobs": "it holds new prints back",
    "cups-missing-filter": "its driver is incomplete",
    "cups-insecure-filter": "its driver has wrong rights",
}
"""Of IPP's ``printer-state-reasons`` (RFC 8011 5.4.12, PWG 5100.9) those that stop a print."""

_HARMLESS_ENDINGS = ("-warning", "-report")


def reasons_in_words(reasons: Iterable[str]) -> str:
    """Return what of ``printer-state-reasons`` keeps a printer from printing, "" for nothing."""
    said = [_SENTENCES[name] for name in map(_blocking, reasons) if name in _SENTENCES]
    return ", ".join(dict.fromkeys(said))


def _blocking(reason: str) -> str:
    """Return a reason without its severity, "" when it is none or but a warning."""
    if reason in _NO_REASON or reason.endswith(_HARMLESS_ENDINGS):
        return ""
    return reason.removesuffix("-error")
