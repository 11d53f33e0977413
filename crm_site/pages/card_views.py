"""The client's card: who stands there and what to do now; what is seldom asked for is brought when it is opened."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import structlog
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from campaigns import quiet
from campaigns import selectors as campaigns_selectors
from catalogue.kinds import PieceKind
from clients import contacts, households, proving, rights
from clients import selectors as clients_selectors
from clients.forms import CardConsentsForm, CardOccasionForm, CompleteForm
from clients.models import ASKED_IN_CHATS, LIVE, Client, Purpose
from clients.sameness import merging
from crm_site.pages import now, selectors, whole_card
from inquiries import selectors as inquiries_selectors
from inquiries import winning
from inquiries.appointments import selectors as appointments
from inquiries.selectors import Wished
from loyalty import selectors as loyalty_selectors
from loyalty.strip import strip_of
from messaging import linking, push
from messaging import selectors as messaging_selectors
from messaging.forms import PauseForm
from messaging.models import Errand
from purchases import selectors as purchases_selectors
from purchases.companions import offering
from purchases.companions.offering import Offered
from stores.chain_day import day_of
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody
from stores.selectors import counter
from visits import rhythm

log = structlog.get_logger(__name__)


@require_GET
@everybody
@shows_contacts()
def card(request: CrmRequest, pk: int) -> HttpResponse:
    client = whole_card.card_of(pk, day_of(timezone.now()))
    if client is None:
        raise Http404
    log.info("card.opened", employee=request.user.pk, card=pk)
    context = {**_facts(client, request), **_told(client, everything="all" in request.GET)}
    today = timezone.localdate()
    days = whole_card.visit_days(client)
    context |= {
        "acts": now.acts(client, context, today), "strip": now.strip_of(days, today), "known_since": now.since_of(client, days),
        "to_buy_for": [one for one in context["wearers"] if not one.forgotten_at],
    }  # fmt: skip
    return render(request, "pages/card/card.html", context)


def _facts(client: Any, request: CrmRequest) -> dict[str, Any]:
    """What stands on the card; a query for each part that the card's own row says there is."""
    day = day_of(timezone.now())
    beside = list(client.contacts_beside.all()) if client.has_beside else []
    is_shared = client.has_beside or client.has_met_elsewhere or client.has_beside_others
    return {
        "client": client,
        "contacts_beside": beside,
        "shared": contacts.shared(client, beside) if is_shared else {},
        **(_household(client) if client.has_household else {"household": [], "shares": set()}),
        "orders": purchases_selectors.open_orders_of(client) if client.has_orders else [],
        "appointments": appointments.coming(timezone.now(), client=client.pk) if client.has_appointments else [],
        "wished": _wished(client) if client.has_wished else [],
        "occasions": client.occasions.select_related("kind") if client.has_occasions else [],
        "wearers": client.wearers.select_related("occasion") if client.has_wearers else [],
        "pauses": messaging_selectors.pauses_of(client, timezone.localdate()) if client.has_pauses else [],
        "is_quiet": client.has_quiet and quiet.is_quiet(quiet.current(day), client.pk),
        "errands": _errands(client) if client.has_errands else [],
        "erase_until": _erase_until(client) if client.has_taken_back else None,
        "devices": push.devices_of(client, timezone.now()) if client.has_chats and push.is_on() else [],
        "messengers": linking.own_of(client, timezone.now()) if client.has_chats else linking.offered(),
        "proofs": proving.newest(client) if client.has_proofs else {},
        "conflicts": clients_selectors.open_conflicts(client) if client.has_conflicts else [],
        "loyalty": strip_of(client.pk, day) if client.has_terms else None,
        "friends": loyalty_selectors.friends_of(client.pk, day) if client.has_friends else None,
        "plastic": loyalty_selectors.cards_of(client.pk) if client.has_plastic else [],
        "offers": loyalty_selectors.offers_of(client.pk, day) if client.has_offers else [],
        "companions": _companions(client, request) if client.has_companions else [],
        "complete_form": CompleteForm(client=client) if client.missing else None,
        "merge": merging.last_merge_of(client) if client.has_merge else None,
        **_forgotten_day(client, request),
        **_habits(client),
    }


def _forgotten_day(client: Client, request: CrmRequest) -> dict[str, Any]:
    """A day that was forgotten on the page before this one, and the form that brings it back."""
    if "forgotten_day" not in request.session:
        return {"forgotten_day": None}
    return {"forgotten_day": request.session.pop("forgotten_day"), "occasion_form": CardOccasionForm(client=client)}


def _told(client: Any, *, everything: bool) -> dict[str, Any]:
    """The time line: of receipts the newest, unless all are asked for."""
    receipts = purchases_selectors.all_purchases_of(client) if everything else whole_card.newest_receipts(client.pk)
    shown = receipts if everything else receipts[: whole_card.SHOWN]
    line = selectors.time_line(client, shown)
    return {
        "events": line,
        "has_older": len(receipts) > len(shown),
        "services": [event.what for event in line if event.kind == "service"],
    }


def _household(client: Client) -> dict[str, object]:
    """Cards of the household, and who of them shares the client's bonuses. One query, a second where there are any."""
    relatives = households.of(client)
    keys = [relative.client.pk for relative in relatives]
    return {"household": relatives, "shares": loyalty_selectors.sharing_with(client.pk, keys) if keys else set()}


def _errands(client: Client) -> Iterable[Errand]:
    return client.errands.filter(outcome=Errand.Outcome.OPEN).order_by("due_on", "pk")[:3]


def _companions(client: Client, request: CrmRequest) -> list[Offered]:
    """What goes with what they bought, for who may be sold something. One query at most."""
    here = counter(request).store
    return offering.beside_client(client.pk, store=here, today=timezone.localdate()) if client.state in LIVE else []


def _wished(client: Client) -> list[Wished]:
    """What the client wanted; whether a receipt came of it is looked for at once. One query where nothing was wanted."""
    wished = inquiries_selectors.of_card(client)
    return inquiries_selectors.of_card(client) if wished and winning.settle(client.pk) else wished


def _erase_until(client: Client) -> date | None:
    """By when a card must go whose owner took back the consent to keep it."""
    states = clients_selectors.consent_states(client)
    taken_back = [state.at for state in states if state.purpose == Purpose.PERSONAL_DATA and state.given is False and state.at]
    return rights.erase_until(taken_back[0], client) if taken_back and client.state in LIVE else None


def _habits(client: Any) -> dict[str, object]:
    activity = getattr(client, "activity", None)
    if activity is None:
        return {"activity": None}
    told, today = getattr(client, "rhythm", None), timezone.localdate()
    return {
        "activity": activity,
        "favourite_kind": PieceKind(activity.favourite_kind).label if activity.favourite_kind else "",
        "rhythm": told,
        "usual": rhythm.usual_of(told, activity, client.typical_clients or 0) if told else None,
        "is_silent": bool(told and told.silent_from and told.silent_from <= today),
    }


def _consents(client: Client) -> dict[str, Any]:
    return {
        "consents": clients_selectors.consent_states(client), "consents_form": CardConsentsForm(client=client),
        "asked_in_chats": ASKED_IN_CHATS, "stopped": messaging_selectors.stopped_purposes(client), "pause_form": PauseForm(),
        "pauses": messaging_selectors.pauses_of(client, timezone.localdate()),
    }  # fmt: skip


def _days(client: Client) -> dict[str, Any]:
    return {"occasions": client.occasions.select_related("kind"), "occasion_form": CardOccasionForm(client=client)}


def _origins(client: Client) -> dict[str, Any]:
    return {"sources": client.sources.select_related("by")[:10]}


# What is seldom asked for: the part's template is pages/card/_<name>.html.
FOLDED: dict[str, Callable[[Client], dict[str, Any]]] = {"consents": _consents, "occasions": _days, "origins": _origins}


def _evenings(client: Client, request: CrmRequest) -> dict[str, Any]:
    """Evenings and clubs of the employee's stores. Four queries."""
    stores, now = counter(request).stores, timezone.now()
    return {
        "evenings": campaigns_selectors.evenings_of(client, stores, now), "clubs": campaigns_selectors.clubs_of(client, stores),
    }  # fmt: skip


@require_GET
@vary_on_headers("HX-Request")
@everybody
def card_part(request: CrmRequest, pk: int, part: str) -> HttpResponse:
    """A folded part of a card, when it is opened; a page of its own without scripts."""
    if part not in FOLDED and part != "evenings":
        raise Http404
    client = get_object_or_404(Client, pk=pk)
    told = _evenings(client, request) if part == "evenings" else FOLDED[part](client)
    context = {"client": client, "part": f"pages/card/_{part}.html", **told}
    return render(request, context["part"] if request.htmx else "pages/card/part.html", context)
