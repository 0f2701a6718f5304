"""Two machines and one database: each prints what was ordered at it, or what it is told to."""

from pathlib import Path

from PIL import Image

from eventsnap_desktop.app.machine_identity import FILE, machine_identity
from eventsnap_desktop.domain.events import EventId
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.index.opening import Index, open_index
from tests.contract.index.made_up import encode_all, photo
from tests.contract.index.outbox_rows import change, put_print
from tests.journeys.program import as_url, run


def ordered(index: Index, url: str, folder: Path) -> tuple[EventId, list[PhotoId]]:
    """Return an event with a photo."""
    event = index.events.create_event("PARTY", "Party", str(folder)).id
    Image.new("RGB", (600, 400), "#c2410c").save(folder / "1.jpg")
    photos = [one.id for one in encode_all(index, event, [photo("1.jpg")])]
    change(url, "update photo set width = 600, height = 400")
    return event, photos


def machine(folder: Path, name: str) -> Path:
    """Return the data folder of a machine with an identity of its own."""
    home = folder / name
    home.mkdir()
    (home / FILE).write_text(name, "utf-8")
    return home


def test_a_print_comes_out_where_it_was_ordered_unless_that_machine_is_gone(
    short_folder: Path, database_url: str
) -> None:
    photos, tray = short_folder / "photos", short_folder / "tray"
    for folder in (photos, tray):
        folder.mkdir()
    tent, bar = machine(short_folder, "tent"), machine(short_folder, "bar")
    more = {
        "EVENTSNAP_DATABASE_URL": as_url(database_url),
        "EVENTSNAP_KIOSK_PRINTER": f"pdf:{tray}",
    }
    with open_index(database_url) as index:
        event, ids = ordered(index, database_url, photos)
    for home in (tent, tent, bar):
        wish = {"machine": machine_identity(home), "printer": f"pdf:{tray}"}
        put_print(database_url, event, ids, **wish)

    def prints(home: Path, *options: str) -> int:
        done = run(home, "--deliver", "--once", "--json", *options, **more)
        assert done.code == 0, done.err
        made = done.answer["prints"]
        assert isinstance(made, int)
        return made

    assert prints(bar) == 1
    assert prints(bar) == 0
    assert prints(tent) == 2
    put_print(database_url, event, ids, machine=machine_identity(tent), printer=f"pdf:{tray}")
    assert prints(bar, "--other-machines") == 1
    assert len(list(tray.glob("*.pdf"))) == 4
