"""Numbers of plastic given, replaced, blocked. The caller has locked the client."""

from datetime import date

from django.db import transaction

from loyalty import services
from loyalty.models import CardStatus, LoyaltyCard
from loyalty.models.cards import key_of
from stores.models import Employee


class NoNumberError(Exception):
    """This is no number of a card."""


class CardTakenError(Exception):
    """Another account has this number: ``card``."""

    def __init__(self, card: LoyaltyCard) -> None:
        super().__init__(card.number_key)
        self.card = card


@transaction.atomic
def give(client: int, number: str, *, on: date, by: Employee | None, instead: bool = False) -> LoyaltyCard:
    """The client's account has this number from now on; ``instead`` of those that it had. The same number again is the same card.

    Raises NoNumberError, CardTakenError.
    """
    key = key_of(number)
    if not key:
        raise NoNumberError
    account = services.open_account(client, on=on)
    facts = {"account": account, "shown": number.strip(), "issued_on": on, "by": by}
    card, is_new = LoyaltyCard.objects.get_or_create(number_key=key, defaults=facts)
    if card.account_id != account.pk:
        raise CardTakenError(card)
    if not is_new and card.status != CardStatus.ISSUED:
        card.holds_again()
    if instead:
        for other in account.cards.filter(status=CardStatus.ISSUED).exclude(pk=card.pk):
            other.ends(CardStatus.REPLACED, on)
    return card
