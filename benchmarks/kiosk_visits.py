"""How long a guest waits from the third selfie to the first photo of theirs on the screen."""

from asyncio import sleep
from dataclasses import dataclass
from statistics import median

from benchmarks.kiosk_marks import Marks
from benchmarks.kiosk_room import Kiosk, until
from eventsnap_desktop.flows.guest_actions import Finish
from eventsnap_desktop.flows.guest_views import AttractView, GalleryView

_LOOKS = 1.0  # seconds that a guest looks at the gallery: what follows has time to show itself

PARTS = {
    "third selfie encoded": ("begin", "selfie", "end", "selfie"),
    "until the search begins": ("end", "selfie", "begin", "search"),
    "search in all faces": ("begin", "search", "begin", "rows"),
    "rows of the photos": ("begin", "rows", "end", "search"),
    "until the screen": ("end", "search", "begin", "screen"),
    "screen built": ("begin", "screen", "end", "screen"),
}


@dataclass(frozen=True, slots=True)
class Waited:
    """One visit's milliseconds by part, and how many photos were found."""

    parts: dict[str, float]
    whole: float
    screenful: float
    photos: int


async def wait_of(kiosk: Kiosk, marks: Marks, cold: bool) -> Waited:
    """Make a visit; with ``cold`` no photo was ever shown before."""
    if cold:
        kiosk.forget_thumbnails()
    await kiosk.begin()
    marks.clear()
    view = await kiosk.until(GalleryView)
    await until(lambda: bool(marks.seen))
    await sleep(_LOOKS)
    kiosk.act(Finish())
    times = {"begin": marks.begins, "end": marks.ends}
    parts = {
        name: (times[to][to_part] - times[since][since_part]) * 1000
        for name, (since, since_part, to, to_part) in PARTS.items()
    }
    seen = sorted(marks.seen.values())
    parts["until the first picture is seen"] = (seen[0] - marks.ends["screen"]) * 1000
    began = marks.begins["selfie"]
    waited = Waited(parts, (seen[0] - began) * 1000, (seen[-1] - began) * 1000, len(view.photos))
    await kiosk.until(AttractView)
    return waited


async def waits(kiosk: Kiosk, visits: int, cold: bool) -> list[Waited]:
    """Make so many visits, after one that warms up."""
    marks = Marks()
    with marks.noting():
        await wait_of(kiosk, marks, cold)
        return [await wait_of(kiosk, marks, cold) for _ in range(visits)]


def tell(what: str, waited: list[Waited]) -> None:
    """Print a table of medians and longest."""
    print(f"\n{what}: {len(waited)} visits, {waited[0].photos} photos each")
    print(f"{'milliseconds':<36} {'median':>8} {'longest':>8} {'share':>6}")
    wholes = [one.whole for one in waited]
    for name in waited[0].parts:
        values = [one.parts[name] for one in waited]
        share = median(values) / median(wholes)
        print(f"{name:<36} {median(values):>8.1f} {max(values):>8.1f} {share:>6.0%}")
    print(f"{'third selfie to first picture':<36} {median(wholes):>8.1f} {max(wholes):>8.1f}")
    last = [one.screenful for one in waited]
    print(f"{'to all pictures of the screen':<36} {median(last):>8.1f} {max(last):>8.1f}")
