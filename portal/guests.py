"""What a client sees and does on their own page. Everything is looked up through the client."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clients import selectors as clients_selectors
from clients.models import ASKED_ON_CARDS, Client, Purpose
from clients.writing import emails, phones
from inquiries.appointments import links
from inquiries.appointments import selectors as appointments
from loyalty import selectors as loyalty_selectors
from loyalty import strip
from loyalty.selectors import Move
from messaging import errands, linking, push, topics
from messaging import selectors as messaging_selectors
from messaging import services as messaging_services
from messaging.models import Channel, Errand
from portal import inviting, pieces
from purchases.companions import offering
from purchases.models import Purchase
from stores.chain_day import day_of
from stores.models import Store
from workshop import prices
from workshop.models import PriceOffer, ServiceRequest

QUESTIONS_A_DAY = 3
SHOWN = 50
MOVES_SHOWN = 20
LOTS_SHOWN = 6


class TooManyError(Exception):
    """The client has asked often enough today."""


def contact(text: str) -> tuple[Channel, str] | None:
    """The phone or e-mail that was typed, as cards have it; None for anything else."""
    if "@" in text:
        address = emails.normalise(text)
        return (Channel.EMAIL, address) if address else None
    number = phones.normalise(text)
    return (Channel.SMS, number) if number else None


def holder(channel: str, recipient: str) -> Client | None:
    """Whose contact it is; nobody's where several cards share an address. One query."""
    found = Client.objects.live().filter(**{"email" if channel == Channel.EMAIL else "phone": recipient})[:2]
    return found[0] if len(found) == 1 else None


def masked_phone(phone: str | None) -> str:
    """``+7 914 •••-••-33``."""
    return f"{phone[:2]} {phone[2:5]} •••-••-{phone[-2:]}" if phone else ""


def masked_email(address: str | None) -> str:
    """``a•••@mail.ru``."""
    name, _at, domain = (address or "").partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


def visits_of(client: Client) -> QuerySet[Purchase]:
    """Receipts with what was kept of them, the newest first. Two queries."""
    rows = Purchase.objects.filter(client=client).with_sums().select_related("store").prefetch_related("pieces")
    return rows.order_by("-sold_on", "-pk")[:SHOWN]


class OwnMove(NamedTuple):
    """A move of bonuses as the client sees it; ``receipt`` is theirs, not one of their family."""

    move: Move
    receipt: Purchase | None


def bonuses_of(client: Client) -> dict[str, Any]:
    """Balance with its lots, tier, moves and gifts; nothing where no terms hold but gifts. At most six queries."""
    today = day_of(timezone.now())
    told, gifts = strip.strip_of(client.pk, today), loyalty_selectors.offers_of(client.pk, today)
    member = loyalty_selectors.member_of(client.pk) if told else None
    if told is None or member is None:
        return {"loyalty": told, "moves": [], "gifts": gifts, "coming": [], "ending": []}
    lots = loyalty_selectors.balance_on(member.account_id, today).lots
    moves = loyalty_selectors.moves_of(member.account_id, limit=MOVES_SHOWN)
    mine = (
        Purchase.written.filter(client=client).select_related("store").in_bulk({move.receipt for move in moves if move.receipt})
    )
    return {
        "loyalty": told, "moves": [OwnMove(move, mine.get(move.receipt)) for move in moves], "gifts": gifts,
        "coming": [lot for lot in lots if lot.from_on > today][:LOTS_SHOWN],
        "ending": [lot for lot in lots if lot.from_on <= today][:LOTS_SHOWN],
    }  # fmt: skip


def _services(client: Client, ticket: str) -> dict[str, Any]:
    """What is followed stands in full: the open ones, and the one that a ticket names; the others are folded."""
    found = pieces.services_of(client, ticket)
    followed = [one for one in found if one.is_asked_for or not one.request.is_closed]
    return {"services": followed, "past_services": [one for one in found if one not in followed]}


def _notifications(client: Client) -> dict[str, Any]:
    """Devices that take them, and what one more needs; nothing where the chain sends none. At most four queries."""
    offer = push.offer()
    return {"push": offer, "devices": push.devices_of(client, timezone.now())} if offer else {"push": None}


def _consents(client: Client) -> dict[str, Any]:
    """What was asked of everybody, and what of this client."""
    states = clients_selectors.consent_states(client)
    rare = (*ASKED_ON_CARDS, Purpose.ADVERTISING_PUSH)
    return {
        "consents": [state for state in states if state.given is not None or state.purpose not in rare],
        "takes_pushed_advertising": any(state.given for state in states if state.purpose == Purpose.ADVERTISING_PUSH),
    }


def all_of(client: Client, ticket: str = "") -> dict[str, Any]:
    """What the page shows, by the names of its template."""
    return {
        "client": client,
        "phone": masked_phone(client.phone),
        "email": masked_email(client.email),
        **_services(client, ticket),
        "visits": visits_of(client),
        **bonuses_of(client),
        "companions": offering.beside_client(client.pk, store=client.home_store, today=timezone.localdate()),
        "choose_hour": links.address_of(client=client.pk),
        "expected": [one for one in appointments.coming(timezone.now(), client=client.pk) if one.starts_at > timezone.now()],
        "invitation": inviting.invitation_of(client),
        "messengers": linking.own_of(client, timezone.now()),
        **_notifications(client),
        **_consents(client),
        "stopped": messaging_selectors.stopped_purposes(client),
        "topics": topics.states_of(client, get_language()),
        "occasions": client.occasions.select_related("kind"),
    }


def answer_offer(client: Client, offer_pk: int, agreed: bool) -> ServiceRequest:
    """The client's word about a price, once. Raises Http404 for what is another's, AnsweredError for what is open no more."""
    offer = get_object_or_404(PriceOffer.objects.select_related("request__client"), pk=offer_pk, request__client=client)
    return prices.answer_offer(offer, agreed, PriceOffer.How.PAGE, by=None)


def set_consent(client: Client, purpose: str, *, agrees: bool, now: datetime) -> bool:
    """Take a consent back or give it again; False where the stop list or a consent never given forbids it."""
    if not agrees:
        messaging_services.withdraw(client, purpose, now=now)
        return True
    if (
        purpose in messaging_selectors.stopped_purposes(client)
        or not client.consents.filter(purpose=purpose, given=True).exists()
    ):
        return False
    messaging_services.give_back(client, purpose)
    return True


@transaction.atomic
def put_question(client: Client, text: str, now: datetime, key: UUID | None = None) -> Errand:
    """Ask the store: somebody there is to answer on ``due_on``, a day on which it works. Asked twice under a key is asked once.

    Raises TooManyError.
    """
    Client.objects.select_for_update().get(pk=client.pk)
    store = _store_of(client)
    today = store.today(now) if store else now.date()
    beginning, key = f"question:{client.pk}:{today}:", key or uuid4()
    if again := Errand.objects.filter(client=client, occasion_key=f"{beginning}{key.hex}").first():
        return again
    if Errand.objects.filter(client=client, occasion_key__startswith=beginning).count() >= QUESTIONS_A_DAY:
        raise TooManyError
    with translation.override(settings.LANGUAGE_CODE):  # read by sellers, whatever the client speaks
        reason = _("A question from the client's page")
    due_on = _answered_on(store, now) if store else today
    asked, _new = errands.ask_for(
        client, store=store, occasion_key=f"{beginning}{key.hex}", reason=reason, script=text, due_on=due_on, is_service=True,
        topic=errands.Topic.QUESTION,
    )  # fmt: skip
    return asked


def _answered_on(store: Store, now: datetime) -> date:
    """The first working day of the store that is not over yet."""
    local = now.astimezone(store.zone)
    first = local.date() if local.time() < store.closes_at else local.date() + timedelta(days=1)
    return next(iter(store.works_on(first)), first)


def _store_of(client: Client) -> Store | None:
    """Where the client has something open, else their home, else where they were last, else any."""
    request = client.services.open().select_related("store").first()
    if request:
        return Store.objects.get(pk=request.store_id)
    last = client.purchases.select_related("store").first()
    return client.home_store or (last.store if last else Store.objects.open().first())
