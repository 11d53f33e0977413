"""Who brought a client, asked at registration and on the card; and why not, in words."""

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.locking import GoneError
from clients.models import Client
from loyalty.friends import acts
from loyalty.friends.acts import NotAFriendError
from loyalty.models import ReferralTerms
from stores.chain_day import day_of
from stores.models import Employee


def words_of(why: str) -> str:
    return {
        "unknown": _("Nobody has this code, phone or card. Check what was typed."),
        "same": _("This is the same person or family: a friend is somebody else."),
        "came before": _("The client came to us before: only a new client is brought by a friend."),
        "brought": _("Another friend has brought this client already."),
    }[why]


class Friends:
    """The ``clients.parts.Bringing`` of loyalty."""

    def is_asked(self) -> bool:
        terms = ReferralTerms.objects.live_on(day_of(timezone.now())).first()
        return bool(terms and terms.gives)

    def refusal(self, text: str) -> str:
        return "" if acts.referrer_of(text) else words_of("unknown")

    def brought(self, client: int, text: str, by: Employee | None) -> str:
        """As ``acts.bring``, in words."""
        try:
            referrer = acts.referrer_of(text)
            if referrer is None:
                raise NotAFriendError("unknown")
            acts.bring(Client.objects.get(pk=client), referrer, on=day_of(timezone.now()), by=by)
        except (NotAFriendError, GoneError) as error:
            return words_of(getattr(error, "why", "unknown"))
        return ""
