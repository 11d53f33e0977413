"""The outbox for a screen: what is in it, how fast it empties, what it costs, and one message's story."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import Length

from clients import selectors as clients_selectors
from clients.models import Client, Purpose
from messaging import address, budgets
from messaging.address import Addressee
from messaging.models import (
    Budget,
    Channel,
    Errand,
    Hold,
    Message,
    MessageEvent,
    MessageState,
    Reason,
    Reply,
    Spending,
    StopEntry,
    Template,
)
from stores.models import Store

FOUND = 200
HOUR = timedelta(hours=1)
NAME_KEPT = 60 * 60
LONG_NAME = Addressee("Александра", "Константиновна")


def outbox(
    stores: Sequence[Store] | None, *, state: str = "", reason: str = "", channel: str = "", source: str = "", text: str = ""
) -> "QuerySet[Message]":
    """Messages to clients of the stores and to those without a home (None: the whole chain), the newest first.

    ``text`` means a client, as the search box does.
    """
    messages = Message.objects.select_related("client", "template").defer("client__as_written")
    if stores is not None:
        messages = messages.of_stores(list(stores))
    wanted = {"state": state, "reason": reason, "channel": channel, "source": source}
    messages = messages.filter(**{field: value for field, value in wanted.items() if value})
    if text:
        messages = messages.filter(client__in=[client.pk for client in clients_selectors.find_clients(text, limit=FOUND)])
    return messages


class Tally(NamedTuple):
    """How many messages are in a state, or have a reason."""

    value: str
    label: str
    times: int


def counts_by_state(stores: Sequence[Store] | None) -> list[Tally]:
    """Every state with its number of messages. One query."""
    counted = dict(outbox(stores).select_related(None).order_by().values_list("state").annotate(times=Count("pk")))
    return [Tally(state.value, str(state.label), counted.get(state.value, 0)) for state in MessageState]


def counts_by_reason(stores: Sequence[Store] | None, state: str) -> list[Tally]:
    """Why messages are in a state, the most frequent first. One query."""
    found = outbox(stores, state=state).exclude(reason="").select_related(None).order_by()
    labels = dict(Message._meta.get_field("reason").flatchoices)
    counted = found.values_list("reason").annotate(times=Count("pk")).order_by("-times")
    return [Tally(reason, str(labels.get(reason, reason)), times) for reason, times in counted]


class Flow(NamedTuple):
    """How the outbox empties: what is due, how long the oldest has waited (minutes), what was handed over in an hour."""

    due: int
    minutes_waited: int
    sent_last_hour: int


def flow(stores: Sequence[Store] | None, now: datetime) -> Flow:
    """Two queries, each on an index that holds only what is due, or was sent."""
    messages = Message.objects.all() if stores is None else Message.objects.of_stores(list(stores))
    due = messages.due(now).aggregate(times=Count("pk"), oldest=Min("send_after"))
    sent = messages.filter(sent_at__gt=now - HOUR).count()
    waited = now - due["oldest"] if due["oldest"] else timedelta(0)
    return Flow(due["times"], int(waited.total_seconds() // 60), sent)


class Pulse(NamedTuple):
    """What is due now, and what was handed over in 24 hours."""

    due: int
    sent_today: int


def pulse(stores: Sequence[Store] | None, now: datetime) -> Pulse:
    """Two queries, on the same indexes as ``flow``."""
    messages = Message.objects.all() if stores is None else Message.objects.of_stores(list(stores))
    return Pulse(messages.due(now).count(), messages.filter(sent_at__gt=now - timedelta(days=1)).count())


class ErrandsDue(NamedTuple):
    """Open errands: due by today, and of them due before it."""

    due: int
    overdue: int


def errands_due(stores: Sequence[Store] | None, today: date) -> ErrandsDue:
    """One query over open errands."""
    open_ones = Errand.objects.filter(outcome=Errand.Outcome.OPEN, due_on__lte=today)
    if stores is not None:
        open_ones = open_ones.filter(store__in=stores)
    return ErrandsDue(**open_ones.aggregate(due=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today))))


class Spent(NamedTuple):
    """What was spent on a day by all queues and gateways."""

    day: date
    messages: int
    segments: int
    money: Decimal


def spent_by_day(now: datetime, days: int = 14) -> list[Spent]:
    """The last days of the chain, every day listed, the newest last. One query."""
    today = budgets.day_of(now)
    first = today - timedelta(days=days - 1)
    sums = Spending.objects.filter(day__gte=first).order_by().values("day")
    found = {
        row["day"]: Spent(**row) for row in sums.annotate(messages=Sum("messages"), segments=Sum("segments"), money=Sum("money"))
    }
    listed = (first + timedelta(days=ahead) for ahead in range(days))
    return [found.get(day, Spent(day, 0, 0, Decimal(0))) for day in listed]


class Allowance(NamedTuple):
    """A queue's budget of today and what is spent of it."""

    budget: Budget
    segments: int
    money: Decimal

    @property
    def is_used_up(self) -> bool:
        left = self.budget.left((self.segments, self.money))
        return left[0] <= 0 or left[1] <= 0


def allowances(now: datetime) -> list[Allowance]:
    """Two queries."""
    today = Spending.objects.filter(day=budgets.day_of(now)).order_by().values("lane")
    sums = today.annotate(sent=Sum("segments"), paid=Sum("money")).values_list("lane", "sent", "paid")
    spent = {lane: (sent, paid) for lane, sent, paid in sums}
    return [Allowance(budget, *spent.get(budget.lane, (0, Decimal(0)))) for budget in Budget.objects.all()]


def story(message: Message) -> "QuerySet[MessageEvent]":
    """The steps of a message, the oldest first."""
    return message.events.select_related("by")


def messages_of(client: Client) -> "QuerySet[Message]":
    return client.messages.all()


def holds_of(client: Client, today: date) -> "QuerySet[Hold]":
    """Why the client gets no advertising now."""
    return Hold.objects.live(today).filter(client=client).select_related("by")


def stopped_purposes(client: Client) -> set[str]:
    """Purposes whose phone or address is on the stop list: whatever the client agrees to, nothing goes. One query."""
    contacts = {Purpose.ADVERTISING_SMS: client.phone, Purpose.ADVERTISING_EMAIL: client.email}
    asked = [contact for contact in contacts.values() if contact]
    listed = set(StopEntry.objects.filter(recipient__in=asked).values_list("recipient", flat=True))
    return {purpose.value for purpose, contact in contacts.items() if contact in listed}


def forbidden(clients: Sequence[Client], day: date) -> dict[tuple[int, str], Reason]:
    """By client and channel: what forbids advertising to them on a day, of stop list and holds. Two queries."""
    contacts = [contact for client in clients for contact in (client.phone, client.email) if contact]
    listed = set(StopEntry.objects.filter(recipient__in=contacts).values_list("recipient", flat=True))
    held = set(Hold.objects.live(day).filter(client__in=clients).values_list("client", flat=True))
    found = {}
    for client in clients:
        for channel, contact in ((Channel.SMS, client.phone), (Channel.EMAIL, client.email)):
            if contact in listed:
                found[client.pk, channel.value] = Reason.STOP
            elif client.pk in held:
                found[client.pk, channel.value] = Reason.HOLD
    return found


def replies(stores: Sequence[Store] | None) -> "QuerySet[Reply]":
    """What clients of the stores, and people nobody knows, wrote back; the newest first."""
    found = Reply.objects.select_related("client")
    if stores is None:
        return found
    return found.filter(Q(client__home_store__in=stores) | Q(client__home_store=None))


class Preview(NamedTuple):
    """A text as a real client would get it."""

    client: Client
    subject: str
    text: str


def audience(template: Template, stores: Sequence[Store]) -> "QuerySet[Client]":
    """Complete cards of the stores whose consent the template needs."""
    cards = Client.objects.complete().of_stores(list(stores)).select_related("home_store")
    return cards.agreed_to(template.purpose) if template.purpose else cards


def longest_values(stores: Sequence[Store]) -> dict[str, dict[str, str]]:
    """By language: the placeholders filled with the longest real name of the stores' clients. Kept for an hour."""
    key = "messaging:longest:" + ",".join(str(store.pk) for store in stores)
    found: dict[str, dict[str, str]] | None = cache.get(key)
    if found is None:
        found = {language: _longest(stores, language) for language in ("ru", "en")}
        cache.set(key, found, NAME_KEPT)
    return found


def _longest(stores: Sequence[Store], language: str) -> dict[str, str]:
    cards = Client.objects.complete().of_stores(list(stores)).filter(language=language)
    by_length = cards.order_by((Length("first_name") + Length("middle_name")).desc())
    name = by_length.values_list("first_name", "middle_name").first()
    store = max(stores, key=lambda s: len(s.name)) if stores else None
    to = Addressee(*name, language, store) if name else LONG_NAME._replace(language=language, store=store)
    day = date(2028, 9, 28)
    return address.values_for(to, occasion="годовщина свадьбы" if language == "ru" else "wedding anniversary", day=day)
