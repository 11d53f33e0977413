"""Plastic cards beside the client's card: one more number, blocked, let hold again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients import locking
from clients.models import Client
from loyalty.models import CardStatus, LoyaltyCard
from loyalty.plastic import acts
from loyalty.plastic.acts import CardTakenError, NoNumberError
from stores.chain_day import day_of
from stores.policies import CrmRequest, everybody
from stores.selectors import whole_number


@require_POST
@everybody
def give(request: CrmRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.live(), pk=pk)
    number, instead = request.POST.get("number", ""), "instead" in request.POST
    try:
        with transaction.atomic():
            locking.standing(client)
            card = acts.give(client.pk, number, on=day_of(timezone.now()), by=request.user, instead=instead)
    except NoNumberError:
        messages.error(request, _("This is no number of a card: type at least four signs, a digit among them."))
    except CardTakenError:
        messages.error(request, _("Another client has this card. Check the number, or merge the two cards."))
    else:
        messages.success(request, _("Card %(number)s is the client's.") % {"number": card})
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def block(request: CrmRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(LoyaltyCard, pk=pk)
    if card.status == CardStatus.ISSUED:
        card.ends(CardStatus.BLOCKED, day_of(timezone.now()))
        messages.success(request, _("Card %(number)s is blocked.") % {"number": card})
    return redirect("pages:card", pk=_client(request, card))


@require_POST
@everybody
def hold_again(request: CrmRequest, pk: int) -> HttpResponse:
    card = get_object_or_404(LoyaltyCard, pk=pk)
    if card.status != CardStatus.ISSUED:
        card.holds_again()
        messages.success(request, _("Card %(number)s holds again.") % {"number": card})
    return redirect("pages:card", pk=_client(request, card))


def _client(request: CrmRequest, card: LoyaltyCard) -> int:
    """Of those who have a share, the one from whose page it was asked."""
    clients = list(card.account.members.present().values_list("client", flat=True))
    asked = whole_number(request.POST.get("client", ""))
    return asked if asked in clients else clients[0] if clients else asked
