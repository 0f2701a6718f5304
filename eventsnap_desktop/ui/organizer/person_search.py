"""The search behind the find page: selfies or a template to faces, down to a low similarity."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from eventsnap_desktop.domain.browsing import PhotoRow
from eventsnap_desktop.domain.errors import PackMismatchError
from eventsnap_desktop.domain.events import Event
from eventsnap_desktop.domain.matches import Match, Thresholds
from eventsnap_desktop.domain.photos import PhotoId
from eventsnap_desktop.flows.identify import Identification, identify
from eventsnap_desktop.matching.bands import to_matches
from eventsnap_desktop.ui.organizer.desk import Desk
from eventsnap_desktop.ui.organizer.selfies import Selfie

LOWEST = 0.15
"""The similarity down to which faces are fetched, so that thresholds can be moved at once."""


@dataclass(frozen=True, slots=True, eq=False)
class PersonFound:
    """What is known of a person: the answer down to LOWEST, the photos' rows, the thresholds.

    ``thresholds`` are those that hold for the pack and the settings; the answer's own ``maybe`` is
    lower.
    """

    answer: Identification
    rows: dict[PhotoId, PhotoRow]
    thresholds: Thresholds

    def matches(self, thresholds: Thresholds) -> list[Match]:
        """Return the matches as these thresholds band them, best first; photos gone are left out.

        A photo is gone when it was deleted or hidden since the search.
        """
        matches = to_matches(self.answer.faces, thresholds)
        return [one for one in matches if one.photo_id in self.rows]


def search_selfies(desk: Desk, event: Event, selfies: Sequence[Selfie]) -> PersonFound:
    """Encode the selfies and search the event; PackMismatchError, DatabaseAwayError. Blocks."""
    facts = desk.works.vision_facts()
    event = desk.events.find_event(event.code)  # an encode may have bound it to a pack just now
    if event.model_pack not in {None, facts.digest}:
        raise PackMismatchError(
            f"This event was encoded with another model pack than {facts.pack}",
            "Choose the pack it was encoded with in the settings, or encode the event again.",
        )
    loads = [(one.name, one.load) for one in selfies]
    answer = identify(event.id, loads, desk.faces, _lowered(facts.thresholds))
    return PersonFound(answer, _rows(desk, event, answer), facts.thresholds)


def search_again(desk: Desk, event: Event, before: PersonFound) -> PersonFound:
    """Search with the template that was grown before: photos came or went. Blocks."""
    template = before.answer.template
    if template is None:
        return before
    began = perf_counter()
    near = desk.faces.search(event.id, template, before.answer.thresholds.maybe)
    answer = replace(
        before.answer,
        matches=tuple(to_matches(near, before.answer.thresholds)),
        faces=tuple(near),
        searched_faces=desk.faces.count_faces(event.id),
        search_ms=(perf_counter() - began) * 1000,
    )
    return PersonFound(answer, _rows(desk, event, answer), before.thresholds)


def answer_with_hidden(
    desk: Desk, event: Event, found: PersonFound, thresholds: Thresholds
) -> tuple[Identification, dict[PhotoId, PhotoRow]]:
    """Search the hidden photos as well, for erasing; return the answer and the rows. Blocks."""
    template = found.answer.template
    assert template is not None, "only a person that was found can be erased"
    near = desk.every_face.search(event.id, template, thresholds.maybe)
    answer = replace(
        found.answer,
        matches=tuple(to_matches(near, thresholds)),
        faces=tuple(near),
        thresholds=thresholds,
    )
    return answer, _rows(desk, event, answer)


def _lowered(thresholds: Thresholds) -> Thresholds:
    return replace(thresholds, maybe=min(LOWEST, thresholds.maybe))


def _rows(desk: Desk, event: Event, answer: Identification) -> dict[PhotoId, PhotoRow]:
    photos = [match.photo_id for match in answer.matches]
    return {row.id: row for row in desk.browsing.rows(event.id, photos)} if photos else {}
