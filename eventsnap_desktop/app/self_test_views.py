"""Something to show for every screen of the kiosk, as the self-test draws them."""

from datetime import UTC, datetime

from eventsnap_desktop.domain.coaching import CaptureProgress, Hint
from eventsnap_desktop.domain.deliveries import DeliveryId, DeliveryKind, DeliveryState
from eventsnap_desktop.domain.guests import EventGlance, GalleryPhoto, GuestDelivery, TakeWays
from eventsnap_desktop.flows import guest_views as views
from eventsnap_desktop.flows.consent_texts import as_read, read_consent_texts
from eventsnap_desktop.ui.widgets.resource_files import resource

_WHO = "Self-test"


def sample_views(photo: GalleryPhoto) -> dict[type[views.View], views.View]:
    """Return one view of each kind."""
    now = datetime.now(UTC)
    texts = tuple(as_read(text, _WHO) for text in read_consent_texts(resource("consent")))
    waiting = GuestDelivery(DeliveryId(1), DeliveryKind.EMAIL, DeliveryState.WAITING, 1, 0, False)
    ways = TakeWays(email=True, print=True, phone=True, prints_left=2)
    made: tuple[views.View, ...] = (
        views.AttractView("", _WHO, EventGlance(1, now, (photo,))),
        views.ConsentView(texts, can_browse=True, organizer=_WHO),
        views.DeclinedView(_WHO),
        views.CaptureView(CaptureProgress(Hint.GOOD, taken=1, ring=0.6, people=1)),
        views.SearchingView(slow=True),
        views.GalleryView((photo,), ways=ways, deliveries=(waiting,)),
        views.NothingView(views.WhyNothing.NO_PHOTOS_YET),
        views.BrowseView((photo,), (now,), ways=ways),
        views.MailView(1, 50),
        views.PrintView((photo,), 2),
        views.PhoneView(1, "https://eventsnap.example/g/0123456789abcdef", now),
        views.OrderedView(DeliveryKind.EMAIL, (waiting,)),
        views.ThanksView((waiting,)),
        views.PausedView(now),
        views.AwayView(views.WhyAway.CAMERA),
    )
    return {type(view): view for view in made}
