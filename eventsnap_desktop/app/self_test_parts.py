"""The self-test's checks of the parts that work: database, pictures, faces, outputs, phones."""

import http.client
import io
import logging
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import numpy as np
from PIL import Image

from eventsnap_desktop.app.self_test_bench import Bench
from eventsnap_desktop.app.sharing import Sharing
from eventsnap_desktop.camera.opening import open_camera
from eventsnap_desktop.delivery import share_guard
from eventsnap_desktop.delivery.print_pdf import pdf
from eventsnap_desktop.delivery.print_queue import Sheet
from eventsnap_desktop.delivery.print_render import PrintPhoto, render_page
from eventsnap_desktop.delivery.print_text import draw_code
from eventsnap_desktop.delivery.sample_photo import sample_photo
from eventsnap_desktop.domain.errors import EventSnapError
from eventsnap_desktop.domain.faces import Box
from eventsnap_desktop.domain.outgoing import Branding, OutputSettings, PrintLayout
from eventsnap_desktop.storage.opening import open_source
from eventsnap_desktop.storage.s3_connection import S3Connection
from eventsnap_desktop.ui.widgets.resource_files import resource
from eventsnap_desktop.vision.decode import decode

_LINK = "https://eventsnap.example/g/0123456789abcdef"
_WAIT = 10.0  # seconds for a picture or a page


def check_database(bench: Bench) -> str:
    """Start the built-in PostgreSQL, make the schema, and search an event's vectors."""
    index = bench.open_index()
    event = index.events.create_event("self-test", "Self-test", str(bench.folder))
    template = np.zeros(512, np.float32)
    template[0] = 1
    if index.faces.search(event.id, template, -1.0):
        raise EventSnapError("The new database holds faces of nobody")
    return "The built-in PostgreSQL starts, has pgvector and the schema, and can be searched."


def check_formats(bench: Bench) -> str:
    """Decode a picture of each kind, made on the spot."""
    del bench
    picture = sample_photo().resize((300, 200))
    names = ("JPEG", "PNG", "WEBP", "TIFF")
    made = {name: partial(_saved, picture, name) for name in names} | {
        "HEIC": partial(_heic, picture)
    }
    for name, make in made.items():
        decoded = decode(make())
        if (decoded.width, decoded.height) != picture.size:
            raise EventSnapError(f"A {name} of 300 x 200 pixels was read as another size")
    return f"{', '.join(made)} can be read."


def check_camera(bench: Bench) -> str:
    """Play a picture as if a camera filmed it."""
    file = bench.folder / "filmed.png"
    sample_photo().resize((640, 480)).save(file)
    camera = open_camera(f"file:{file}")
    try:
        frame = camera.newest(_WAIT)
    finally:
        camera.close()
    if frame is None:
        raise EventSnapError("The camera of a file shows nothing")
    return f"A picture is filmed, {frame.shape[1]} x {frame.shape[0]} pixels."


def check_print(bench: Bench) -> str:
    """Draw a print with a caption in the program's letters, and write it as a PDF."""
    del bench
    font = resource("fonts", "Inter-Medium.otf")
    photo = PrintPhoto(sample_photo(), datetime.now(UTC).date())
    caption = OutputSettings(print_caption="Self-test")
    page = render_page([photo], PrintLayout.PHOTO_4X6, caption, Branding(), "", font)
    written = pdf(Sheet("self-test", PrintLayout.PHOTO_4X6, page))
    if not written.startswith(b"%PDF"):
        raise EventSnapError("What was drawn for the printer is no PDF")
    return f"A 4 x 6 inch print is drawn, {len(written) // 1000} kB of PDF."


def check_code(bench: Bench) -> str:
    """Draw a QR code."""
    del bench
    page = Image.new("RGB", (400, 400), "red")
    draw_code(page, Box(0, 0, 400, 400), _LINK)
    colours = {colour for _, colour in page.getcolors(10) or []}
    if not {(0, 0, 0), (255, 255, 255)} <= colours:
        raise EventSnapError("The QR code is not black on white")
    return "A QR code is drawn."


def check_storage(bench: Bench) -> str:
    """Make what speaks with an S3 server; nothing is asked over the network."""
    del bench
    connection = S3Connection("https://127.0.0.1:9000", "self", "test")
    source = open_source("minio://self-test/photos", connection)
    return f"The S3 client can be made ({type(source).__name__})."


def check_phones(bench: Bench) -> str:
    """Serve the page for phones and fetch it, as a phone with a link of nobody's."""
    assert bench.index
    guard = logging.getLogger(share_guard.__name__)
    guard.setLevel(logging.ERROR)  # the wrong link is opened on purpose
    sharing = Sharing(bench.program)
    sharing.start()
    try:
        address = urlsplit(sharing.address)
        if not address.port:
            raise EventSnapError(sharing.problem or "The page for phones is not served")
        connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=_WAIT)
        connection.request("GET", f"/g/{'0' * 32}")
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
    finally:
        sharing.stop()
        guard.setLevel(logging.NOTSET)
    if answer.status not in {404, 410} or b"<html" not in said:
        raise EventSnapError(f"The page for phones answered {answer.status}")
    return f"Phones are answered on port {address.port}."


def _heic(picture: Image.Image) -> bytes:
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out)
    return out.getvalue()


def _saved(picture: Image.Image, name: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, name)
    return out.getvalue()
