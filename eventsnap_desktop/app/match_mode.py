"""`--match`: every photo of a person, found by selfie."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from eventsnap_desktop.app.assembly import Program, open_program, thresholds_for
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.talking import note, say, say_json
from eventsnap_desktop.app.vision_chain import VisionChain
from eventsnap_desktop.domain.errors import PackMismatchError, UsageError
from eventsnap_desktop.domain.events import Event, checked_code
from eventsnap_desktop.domain.faces import EncodedSelfie
from eventsnap_desktop.domain.matches import Match
from eventsnap_desktop.flows.identify import Identification, identify
from eventsnap_desktop.flows.ports import FaceIndex


def run_match(chosen: Namespace) -> int:
    """Find a person's photos; return 0, or 4 when no selfie can be used."""
    program = open_program(chosen)
    check_files(chosen.selfie)
    with program.open_index() as index:
        event = index.events.find_event(checked_code(chosen.match))
        answer = identify_person(event, chosen.selfie, program, index.faces)
    if chosen.json:
        say_json(answer_as_json(event, answer))
    else:
        _tell(event, answer)
    return ExitCode.DONE if answer.template is not None else ExitCode.NO_SELFIE


def identify_person(
    event: Event, selfies: list[Path], program: Program, index: FaceIndex
) -> Identification:
    """Search an event for the person on these selfie files."""
    vision = program.open_vision()
    if event.model_pack not in {None, vision.pack.digest}:
        raise PackMismatchError(
            f"The event {event.code} was encoded with another model pack than {vision.pack.name}",
            "Choose that pack with --model-pack, or delete the event's index and encode it again.",
        )
    loads = [(str(path), _SelfieFile(path, vision)) for path in selfies]
    return identify(event.id, loads, index, thresholds_for(vision.pack, program.settings))


def check_files(paths: list[Path]) -> None:
    """Refuse selfies that are not files, before anything is opened."""
    for path in paths:
        if not path.is_file():
            raise UsageError(f"There is no file {path}")


def answer_as_json(event: Event, answer: Identification) -> dict[str, Any]:
    """Return the answer in the shape scripts depend on (DESIGN.md 8)."""
    return {
        "event": event.code,
        "selfies": [
            {"file": one.name, "accepted": one.accepted, "reason": one.reason}
            for one in answer.selfies
        ],
        "photos": [_match_as_json(match) for match in answer.matches],
        "thresholds": {"sure": answer.thresholds.sure, "maybe": answer.thresholds.maybe},
        "searched_faces": answer.searched_faces,
        "milliseconds": {
            "encode": round(answer.encode_ms, 1),
            "search": round(answer.search_ms, 1),
        },
    }


def _match_as_json(match: Match) -> dict[str, Any]:
    box = match.box
    return {
        "key": match.key,
        "similarity": round(match.similarity, 4),
        "band": str(match.band),
        "box": [round(value, 1) for value in (box.x, box.y, box.width, box.height)],
        "doubtful": match.doubtful,
    }


class _SelfieFile:
    """Reads and encodes one selfie when it is called."""

    def __init__(self, path: Path, vision: VisionChain) -> None:
        self._path, self._vision = path, vision

    def __call__(self) -> EncodedSelfie:
        picture = self._vision.read_file(self._path)
        encoded = self._vision.encode([picture])[0]
        return EncodedSelfie(
            encoded, lambda face: self._vision.encoder.embed_mirrored(picture, face)
        )


def _tell(event: Event, answer: Identification) -> None:
    for selfie in answer.selfies:
        if not selfie.accepted:
            note(f"{selfie.name}: {selfie.reason}")
    if answer.template is None:
        note("None of the selfies can be used.")
        return
    for match in answer.matches:
        doubt = "  (two similar faces)" if match.doubtful else ""
        say(f"{match.similarity:.3f}  {match.band:<5}  {match.key}{doubt}")
    sure = sum(match.band == "sure" for match in answer.matches)
    say(
        f"{event.code}: {sure} sure and {len(answer.matches) - sure} possible photos among "
        f"{answer.searched_faces} faces, in {answer.search_ms:.0f} ms."
    )
