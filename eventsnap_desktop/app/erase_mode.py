"""`--erase`: one person's faces out of an event's index, with a receipt."""

from argparse import Namespace

from eventsnap_desktop.app.assembly import open_program
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.match_mode import check_files, identify_person
from eventsnap_desktop.app.talking import confirm, note, say, say_json
from eventsnap_desktop.domain.events import checked_code
from eventsnap_desktop.flows.erase import ErasureReceipt, erase, faces_to_erase
from eventsnap_desktop.flows.identify import Identification


def run_erase(chosen: Namespace) -> int:
    """Erase a person; return 0, 4 when no selfie can be used, 130 when the user said no."""
    program = open_program(chosen)
    check_files(chosen.selfie)
    with program.open_index() as index:
        event = index.events.find_event(checked_code(chosen.erase))
        answer = identify_person(event, chosen.selfie, program, index.every_face)
        for selfie in answer.selfies:
            if not selfie.accepted:
                note(f"{selfie.name}: {selfie.reason}")
        if answer.template is None:
            if chosen.json:
                say_json(_as_json(event.code, answer, ErasureReceipt(0, ())))
            return ExitCode.NO_SELFIE
        faces = faces_to_erase(answer)
        photos = len({face.photo_id for face in faces})
        question = f"Erase {len(faces)} faces in {photos} photos of {event.code}? The photos stay."
        if faces and not chosen.yes and not confirm(question):
            return ExitCode.STOPPED
        receipt = erase(event.id, faces, index.every_face)
    if chosen.json:
        say_json(_as_json(event.code, answer, receipt))
    else:
        _tell(event.code, answer, receipt)
    return ExitCode.DONE


def _possible(answer: Identification) -> list[str]:
    return [match.key for match in answer.matches if match.similarity < answer.thresholds.sure]


def _as_json(code: str, answer: Identification, receipt: ErasureReceipt) -> dict[str, object]:
    return {
        "event": code,
        "selfies": [
            {"file": one.name, "accepted": one.accepted, "reason": one.reason}
            for one in answer.selfies
        ],
        "erased_faces": receipt.faces,
        "photos": list(receipt.photos),
        "possible_photos": _possible(answer),
    }


def _tell(code: str, answer: Identification, receipt: ErasureReceipt) -> None:
    for key in receipt.photos:
        say(f"erased  {key}")
    say(f"{code}: {receipt.faces} faces erased in {len(receipt.photos)} photos.")
    for key in _possible(answer):
        say(f"kept    {key}: may be the same person, but not surely")
