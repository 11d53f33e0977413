"""The outbox for a screen: what is in it, how fast it empties, what it costs, and one message's story."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models import Case, CharField, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Concat, Length, LPad

from clients.models import Client, ClientQuerySet, Purpose
from messaging import address, texts
from messaging.address import Addressee
from messaging.gateways import registry
from messaging.models import (
    EVERY_CHANNEL,
    SECRET_SOURCES,
    Budget,
    Channel,
    Errand,
    Lane,
    Message,
    MessageEvent,
    MessageState,
    Pause,
    Reason,
    Reply,
    Route,
    Spending,
    StopEntry,
    Template,
    may_have_gone,
)
from messaging.outbox import rules
from stores import chain_day
from stores import rules as chain_rules
from stores.chain_day import day_of
from stores.models import Store

HOUR = timedelta(hours=1)
# A DISTINCT would read the index to its end.
SOURCES = """
WITH RECURSIVE known(source) AS (
  SELECT MIN(source) FROM messaging_message
  UNION ALL
  SELECT (SELECT MIN(source) FROM messaging_message WHERE source > known.source) FROM known WHERE known.source IS NOT NULL
) SELECT source FROM known"""
NAMES_KEY, NAME_KEPT = "messaging:longest", 60 * 60
# Where nobody is written to in a language yet.
LONG_NAME = ("Александра", "Константиновна")
CYRILLIC, DIGITS = "[А-Яа-яЁё]", 3


def outbox(stores: Sequence[Store] | None) -> "QuerySet[Message]":
    """Messages to clients of the stores and to those without a home (None: the whole chain), the newest first."""
    messages = Message.objects.select_related("client", "template").defer("client__as_written")
    return messages if stores is None else messages.of_stores(list(stores))


def sources() -> list[str]:
    """What has queued messages: programs and the like. One query, that looks at each name once and not at every message."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES)
        return [source for (source,) in cursor.fetchall() if source]


class Tally(NamedTuple):
    """How many messages are in a state, or have a reason."""

    value: str
    label: str
    times: int


def counts_by_state(messages: "QuerySet[Message]") -> list[Tally]:
    """Every state with its number of the messages. One query."""
    counted = dict(messages.select_related(None).order_by().values_list("state").annotate(times=Count("pk")))
    return [Tally(state.value, str(state.label), counted.get(state.value, 0)) for state in MessageState]


def counts_by_reason(messages: "QuerySet[Message]") -> list[Tally]:
    """Why the messages are as they are, the most frequent first. One query."""
    found = messages.exclude(reason="").select_related(None).order_by()
    labels = dict(Message._meta.get_field("reason").flatchoices)
    counted = found.values_list("reason").annotate(times=Count("pk")).order_by("-times")
    return [Tally(reason, str(labels.get(reason, reason)), times) for reason, times in counted]


class Depth(NamedTuple):
    """What is due in a queue, and how long the oldest of it has waited (minutes)."""

    label: str
    due: int
    minutes_waited: int


class Flow(NamedTuple):
    """How the outbox empties: each queue, and what was handed over in an hour."""

    queues: list[Depth]
    sent_last_hour: int


def flow(stores: Sequence[Store] | None, now: datetime) -> Flow:
    """Two queries, each on an index that holds only what is due, or was sent."""
    messages = Message.objects.all() if stores is None else Message.objects.of_stores(list(stores))
    found = messages.due(now).order_by().values("lane").annotate(times=Count("pk"), oldest=Min("send_after"))
    due = {row["lane"]: (row["times"], now - row["oldest"]) for row in found}
    queues = []
    for lane in Lane:
        times, waited = due.get(lane.value, (0, timedelta(0)))
        queues.append(Depth(str(lane.label), times, int(waited.total_seconds() // 60)))
    return Flow(queues, messages.filter(sent_at__gt=now - HOUR).count())


class Restored(NamedTuple):
    """Messages of one source in a base that came back from a copy: those that may have gone, and those that have not."""

    source: str
    channel: str
    doubtful: int
    goes: int


def restored(since: datetime, until: datetime) -> list[Restored]:
    """What a base of ``since`` holds for sending, when the chain went on until ``until``. One query."""
    doubtful = may_have_gone(since, until)
    open_ones = Message.objects.filter(doubtful | Q(state=MessageState.PENDING, send_after__gt=until)).order_by()
    counted = open_ones.values("source", "channel").annotate(doubtful=Count("pk", filter=doubtful), times=Count("pk"))
    rows = counted.order_by("source", "channel")
    return [
        Restored(row["source"], str(dict(EVERY_CHANNEL)[row["channel"]]), row["doubtful"], row["times"] - row["doubtful"])
        for row in rows
    ]


class Pulse(NamedTuple):
    """What is due now, and what was handed over in 24 hours."""

    due: int
    sent_today: int


def pulse(stores: Sequence[Store] | None, now: datetime) -> Pulse:
    """Two queries, on the same indexes as ``flow``."""
    messages = Message.objects.all() if stores is None else Message.objects.of_stores(list(stores))
    return Pulse(messages.due(now).count(), messages.filter(sent_at__gt=now - timedelta(days=1)).count())


def really_sent_sms() -> "QuerySet[Message]":
    """SMS that a gateway which reaches phones has taken, trials among them."""
    real = [kind.name for kind in registry.KINDS if kind.is_real]
    gone = (MessageState.SENT, MessageState.DELIVERED)
    return Message.objects.filter(channel=Channel.SMS, gateway__in=real, state__in=gone)


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
    today = chain_day.day_of(now)
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
    today = Spending.objects.filter(day=chain_day.day_of(now)).order_by().values("lane")
    sums = today.annotate(sent=Sum("segments"), paid=Sum("money")).values_list("lane", "sent", "paid")
    spent = {lane: (sent, paid) for lane, sent, paid in sums}
    return [Allowance(budget, *spent.get(budget.lane, (0, Decimal(0)))) for budget in Budget.objects.all()]


def story(message: Message) -> "QuerySet[MessageEvent]":
    """The steps of a message, the oldest first."""
    return message.events.select_related("by")


def messages_of(client: Client) -> "QuerySet[Message]":
    """What was written to a client; a one-time code is no news about anything."""
    return told(client.messages.all())


def told(messages: "QuerySet[Message]") -> "QuerySet[Message]":
    """Without those that hold a secret."""
    return messages.exclude(source__in=SECRET_SOURCES)


def pauses_of(client: Client, today: date) -> "QuerySet[Pause]":
    """Why the client gets no advertising now."""
    return Pause.objects.live(today).filter(client=client).select_related("by")


def stopped_purposes(client: Client) -> set[str]:
    """Purposes whose phone or address is on the stop list: whatever the client agrees to, nothing goes. One query."""
    contacts = {Purpose.ADVERTISING_SMS: client.phone, Purpose.ADVERTISING_EMAIL: client.email}
    asked = [contact for contact in contacts.values() if contact]
    listed = set(StopEntry.objects.filter(recipient__in=asked).values_list("recipient", flat=True))
    return {purpose.value for purpose, contact in contacts.items() if contact in listed}


class Forbidding(NamedTuple):
    """Contacts on the stop list, and the last day of each hold, by client."""

    stopped: set[str]
    held: dict[int, date]

    def reason(self, client: Client, channel: str, day: date) -> "Reason | None":
        """What forbids advertising to a client by a channel on a day."""
        if (client.phone if channel == Channel.SMS else client.email) in self.stopped:
            return Reason.STOP
        return Reason.PAUSE if self.held.get(client.pk, date.min) >= day else None


def forbidding(clients: Sequence[Client], first: date) -> Forbidding:
    """What forbids advertising to these from a day on: stop list and holds. Two queries."""
    contacts = [contact for client in clients for contact in (client.phone, client.email) if contact]
    stopped = set(StopEntry.objects.filter(recipient__any=contacts).values_list("recipient", flat=True))
    held: dict[int, date] = {}
    holds = Pause.objects.live(first).filter(client__pk__any={client.pk for client in clients}).order_by()
    for client, until in holds.values_list("client", "until"):
        held[client] = max(held.get(client, date.min), until or date.max)
    return Forbidding(stopped, held)


def may_be_called(clients: ClientQuerySet, now: datetime) -> ClientQuerySet:
    """Those of the clients who agreed to calls, can be reached, and whom neither the stop list nor a hold nor the cap forbids."""
    stopped = StopEntry.objects.filter(recipient=OuterRef("phone"))
    held = Pause.objects.live(day_of(now)).filter(client=OuterRef("pk"))
    reached = clients.live().agreed_to(Purpose.CALLS).filter(~Exists(stopped), ~Exists(held), phone__isnull=False)
    within = {"week__lt": chain_rules.current().cap_week, "month__lt": chain_rules.current().cap_month}
    return reached.alias(**rules.contacts(now, of="pk")).filter(**within)


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


def worst_values() -> dict[str, list[dict[str, str]]]:
    """By language: the placeholders filled with the longest real names and stores of the chain, in each alphabet.

    A text goes to the whole chain, whoever writes it. A short Cyrillic name can cost an English text more than the longest
    Latin one, so which of them is the worst depends on the text. Kept for an hour; two queries.
    """
    found: dict[str, list[dict[str, str]]] | None = cache.get(NAMES_KEY)
    if found is None:
        names, stores = _longest_names(), _longest_stores()
        day = date(2028, 9, 28)
        found = {
            language: [
                {**address.values_for(Addressee(*name, language, store), occasion=occasion, day=day), **texts.LONG_VALUES}
                for name in names.get(language) or [LONG_NAME] for store in stores
            ]
            for language, occasion in (("ru", "годовщина свадьбы"), ("en", "wedding anniversary"))
        }  # fmt: skip
        cache.set(NAMES_KEY, found, NAME_KEPT)
    return found


def _longest_names() -> dict[str, list[tuple[str, str]]]:
    """By language: first names and patronymics, the longest together and the longest first name, in each alphabet."""
    both = Concat("first_name", Value("|"), "middle_name")
    alphabet = Case(When(first_name__regex=CYRILLIC, then=1), default=0)
    counted = (
        Client.objects.complete().order_by().values("language", alphabet=alphabet)
        .annotate(whole=Max(_by_length(both)), first=Max(_by_length("first_name", both)))
    )  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {}
    for row in counted:
        for known in {row["whole"], row["first"]}:
            first, _bar, middle = known[DIGITS:].partition("|")
            found.setdefault(row["language"], []).append((first, middle))
    return found


def _by_length(measured: Any, shown: Any = None) -> Any:
    """A text behind its length, so that the greatest is the longest."""
    return Concat(LPad(Cast(Length(measured), CharField()), DIGITS, Value("0")), shown or measured)


def _longest_stores() -> list[Store | None]:
    """The store of the longest name in each alphabet; no store where the chain has none."""
    stores = sorted(Store.objects.all(), key=lambda store: len(store.name))
    kinds = {bool(re.search(CYRILLIC, store.name)): store for store in stores}
    return [*kinds.values()] or [None]


class Meter(NamedTuple):
    """How the text of a language travels at its worst, and what a message of it costs."""

    language: str
    sample: str
    length: texts.Length
    price: Decimal | None


def meters(draft: Template) -> list[Meter]:
    """For the Russian text, which also goes where there is no English one, and for the English text. One query more."""
    route = Route.objects.filter(channel=draft.channel, is_on=True).first()
    found = []
    for language, text, values in worded(draft, worst_values()):
        sample = texts.worst(text, values)
        length = texts.length(sample)
        found.append(Meter(language, sample, length, route.price * length.segments if route else None))
    return found


def worded(draft: Template, values: dict[str, list[dict[str, str]]]) -> list[tuple[str, str, list[dict[str, str]]]]:
    """The texts of a template, each with what it may be filled with."""
    if not draft.text_en:
        return [("ru", draft.text, [*values["ru"], *values["en"]])]
    return [("ru", draft.text, values["ru"]), ("en", draft.text_en, values["en"])]
