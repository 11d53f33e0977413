"""A client brings friends: their code, and the page that the link with it opens."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from clients.models import Client
from loyalty import codes, selectors
from loyalty.models import ReferralTerms
from stores.chain_day import day_of


class Invitation(NamedTuple):
    """What a friend needs: the code as it is written, the address that shows it, and what both get."""

    code: str
    address: str
    terms: ReferralTerms

    @property
    def square(self) -> SafeString:
        """The code to be scanned at the counter."""
        import segno

        made = segno.make(self.code.replace("-", ""), error="m", micro=False)
        drawn = made.svg_inline(scale=1, border=4, omitsize=True, svgclass="qr", lineclass=None)
        return mark_safe(drawn)  # noqa: S308 — segno's own


def invitation_of(client: Client) -> Invitation | None:
    """None where friends bring nothing. One query."""
    return _invitation(selectors.code_of_friend(client.pk))


def read(text: str) -> Invitation | None:
    """What the link with a code opens; it tells nothing of whose it is. None for nobody's code. Two queries."""
    client = selectors.friend_of_code(text)
    if client is None or not Client.objects.filter(pk=client).exists():
        return None
    return _invitation(selectors.code_of_friend(client))


def _invitation(key: str) -> Invitation | None:
    terms = ReferralTerms.objects.live_on(day_of(timezone.now())).first()
    if terms is None or not terms.gives:
        return None
    return Invitation(codes.shown(key), f"{settings.SITE_URL}{reverse('portal:friend', args=[key])}", terms)
