"""`--demo`: the whole chain on sample pictures, with a table, a gallery and a contact sheet."""

from argparse import Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eventsnap_desktop.app.assembly import (
    Program,
    encode_chain,
    encode_options,
    open_program,
)
from eventsnap_desktop.app.demo_pages import write_contact_sheet, write_gallery
from eventsnap_desktop.app.demo_result import DemoResult, compare, table, verdict
from eventsnap_desktop.app.encode_mode import stopped_by_signals
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.match_mode import identify_person
from eventsnap_desktop.app.progress_bar import EncodeBar
from eventsnap_desktop.app.sample_event import SamplePhoto, make_sample_event, make_selfie
from eventsnap_desktop.app.talking import note, say, say_json
from eventsnap_desktop.app.vision_chain import VisionChain
from eventsnap_desktop.domain.errors import Cancelled, EventSnapError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import FoundFace
from eventsnap_desktop.domain.work import Cancel
from eventsnap_desktop.flows.encode import EncodeReport, encode_event
from eventsnap_desktop.flows.identify import Identification, require_usable
from eventsnap_desktop.index.opening import Index
from eventsnap_desktop.vision.pack_install import borrow_models

_CODE = "demo"
_EVERY_FACE = -1.0  # the least a cosine can be

ABOUT_SELFIE = (
    "The selfie was made for this demo: the guest's face cut out of the group picture, then "
    "mirrored, turned, enlarged, blurred, brightened and made noisy."
)


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where the demo keeps its things; ``root`` may be deleted at any time."""

    root: Path

    @property
    def photos(self) -> Path:
        """The event's photos."""
        return self.root / "photos"

    @property
    def selfie(self) -> Path:
        """The selfie that is searched with."""
        return self.root / "selfie.jpg"

    @property
    def home(self) -> Path:
        """The data folder, with the database."""
        return self.root / "data"

    @property
    def gallery(self) -> Path:
        """The page to look at."""
        return self.root / "gallery.html"

    @property
    def contact_sheet(self) -> Path:
        """All photos on one sheet, with boxes."""
        return self.root / "contact-sheet.png"


def run_demo(chosen: Namespace) -> int:
    """Run the demo in the folder ``demo`` here; return 1 when its answer is not the right one.

    It has a database of its own in that folder, whatever the settings say.
    """
    folder = DemoFolder(Path("demo").absolute())
    program = _program_of_its_own(chosen, folder)
    vision = program.open_vision()
    photos = _make_pictures(folder)
    report, answer, faces = _encode_and_match(program, vision, folder, chosen.json)
    result = compare(photos, answer.matches, faces)
    facts = _facts(report, answer)
    write_gallery(folder.gallery, folder.photos, folder.selfie, result, ABOUT_SELFIE, facts)
    write_contact_sheet(folder.contact_sheet, folder.photos, result, facts)
    if chosen.json:
        say_json(_as_json(result, report, folder))
    else:
        _tell(result, facts, folder)
    return ExitCode.DONE if result.is_right else ExitCode.COULD_NOT_RUN


def _program_of_its_own(chosen: Namespace, folder: DemoFolder) -> Program:
    home = chosen.home or folder.home
    usual = open_program(Namespace(home=chosen.home, model_pack=chosen.model_pack)).settings
    borrow_models(usual.models_folder, home / "models")
    settings = open_program(Namespace(home=home, model_pack=chosen.model_pack)).settings
    embedded = settings.database.model_copy(update={"url": None, "url_in_keyring": False})
    return Program(settings.model_copy(update={"database": embedded}))


def _make_pictures(folder: DemoFolder) -> list[SamplePhoto]:
    try:
        photos = make_sample_event(folder.photos)
        make_selfie(folder.selfie)
    except OSError as error:
        raise EventSnapError(
            f"The demo's pictures cannot be written into {folder.root} ({error.strerror})",
            "Run it in a folder you may write to.",
        ) from error
    note(f"Made {len(photos)} photos of a sample event in {folder.photos}.")
    note(ABOUT_SELFIE)
    return photos


def _encode_and_match(
    program: Program, vision: VisionChain, folder: DemoFolder, quiet: bool
) -> tuple[EncodeReport, Identification, list[FoundFace]]:
    with program.open_index() as index:
        event = _event_for(vision, index, folder)
        report = _encode(event, program, vision, index, quiet)
        answer = identify_person(event, [folder.selfie], program, index.faces)
        require_usable(answer)
        assert answer.template is not None
        return report, answer, index.faces.search(event.id, answer.template, _EVERY_FACE)


def _event_for(vision: VisionChain, index: Index, folder: DemoFolder) -> Event:
    """Return the demo's event, begun anew when the last run used another model pack."""
    event = index.events.create_event(_CODE, "Demo", str(folder.photos))
    if event.model_pack not in {None, vision.pack.digest}:
        index.events.delete_event(event.id)
        event = index.events.create_event(_CODE, "Demo", str(folder.photos))
    return event


def _encode(
    event: Event, program: Program, vision: VisionChain, index: Index, quiet: bool
) -> EncodeReport:
    source = program.open_source(event.source)
    chain = encode_chain(source, vision, index)
    options = encode_options(program.settings, vision.provider, source, watch=False)
    cancel = Cancel()
    with stopped_by_signals(cancel), EncodeBar(vision.provider, quiet=quiet) as bar:
        report = encode_event(event, chain, options, bar.show, cancel)
    if report.cancelled:
        raise Cancelled("Stopped")
    return report


def _facts(report: EncodeReport, answer: Identification) -> str:
    """Return what ran, in one line; a second run finds the photos unchanged."""
    work = (
        f"{report.encoded} photos encoded in {report.seconds:.1f} s on the "
        f"{report.provider.upper()}"
        if report.encoded
        else f"{report.skipped} photos were encoded by an earlier run"
    )
    bands = answer.thresholds
    return (
        f"{work}, model pack {report.model_pack}; {answer.searched_faces} faces searched in "
        f"{answer.search_ms:.0f} ms; sure from {bands.sure:g}, maybe from {bands.maybe:g}."
    )


def _tell(result: DemoResult, facts: str, folder: DemoFolder) -> None:
    for line in ["", *table(result), "", verdict(result), facts, ""]:
        say(line)
    say(f"Gallery:        {folder.gallery}")
    say(f"Contact sheet:  {folder.contact_sheet}")
    if not result.is_right:
        note("The demo's answer is not the right one: something is wrong with this installation.")


def _as_json(result: DemoResult, report: EncodeReport, folder: DemoFolder) -> dict[str, Any]:
    return {
        "photos": [
            {
                "key": photo.sample.key,
                "similarity": None if photo.similarity is None else round(photo.similarity, 4),
                "band": None if photo.band is None else str(photo.band),
                "shows_guest": photo.sample.shows_guest,
            }
            for photo in result.photos
        ],
        "expected": result.expected,
        "missed": result.missed,
        "wrong": result.wrong,
        "encode": asdict(report),
        "gallery": str(folder.gallery),
        "contact_sheet": str(folder.contact_sheet),
    }
