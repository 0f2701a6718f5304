"""`--faces`: detect and embed picture files, without a database."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from eventsnap_desktop.app.assembly import open_program
from eventsnap_desktop.app.exit_codes import ExitCode
from eventsnap_desktop.app.talking import say, say_json
from eventsnap_desktop.app.vision_chain import VisionChain
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.faces import Face


def run_faces(chosen: Namespace) -> int:
    """Describe the faces of every file; return 3 when one could not be read."""
    vision = open_program(chosen).open_vision()
    answers = [_described(path, vision) for path in chosen.faces]
    if chosen.json:
        say_json(answers)
    else:
        for answer in answers:
            _tell(answer)
    failed = any(answer["error"] for answer in answers)
    return ExitCode.SOME_FAILED if failed else ExitCode.DONE


def _described(path: Path, vision: VisionChain) -> dict[str, Any]:
    try:
        encoded = vision.encode([vision.read_file(path)])[0]
    except EventSnapError as error:
        nothing: dict[str, Any] = {"width": None, "height": None, "faces": []}
        return {"file": str(path), **nothing, "error": str(error)}
    return {
        "file": str(path),
        "width": encoded.width,
        "height": encoded.height,
        "error": None,
        "faces": [_face_as_json(face) for face in encoded.faces],
    }


def _face_as_json(face: Face) -> dict[str, Any]:
    box = face.box
    return {
        "box": [round(value, 2) for value in (box.x, box.y, box.width, box.height)],
        "landmarks": [[round(float(x), 2), round(float(y), 2)] for x, y in face.landmarks],
        "score": round(face.score, 4),
        "quality": round(face.quality, 4),
        "embedding": [round(float(value), 6) for value in face.embedding],
    }


def _tell(answer: dict[str, Any]) -> None:
    if answer["error"]:
        say(f"{answer['file']}: {answer['error']}")
        return
    say(f"{answer['file']}: {answer['width']}x{answer['height']}, {len(answer['faces'])} faces")
    for face in answer["faces"]:
        x, y, width, height = face["box"]
        say(
            f"  {width:.0f}x{height:.0f} at {x:.0f},{y:.0f}  "
            f"score {face['score']:.2f}  quality {face['quality']:.2f}"
        )
