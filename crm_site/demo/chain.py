"""A believable chain to try things on: three years, seasons, regulars and silent ones, dirt in the cards.

Deterministic by seed and day: the same call on the same day makes the same chain.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns import selectors as campaigns_selectors
from campaigns.models import BIRTHDAY, Program
from clients.models import CardState, Client, Consent, Metal, Purpose
from clients.sameness import surnames
from crm_site.demo import bonuses, desk, effects, evenings, money, people, shelf
from imports.bulk import batched
from messaging import address, texts
from messaging.models import Message, MessageState, Reason
from purchases.models import NoCardReason, Piece, Purchase
from stores.models import Employee, Store
from stores.services import store_code
from visits import derived
from workshop.models import ServiceKind, ServiceRequest, ServiceStatus

PASSWORD = settings.DEMO_PASSWORD
YEARS = 3
REASONS = (NoCardReason.DECLINED, NoCardReason.TOURIST, NoCardReason.HURRY)
BATCH = 2_000
HOLDOUT = 10
# Numbers of receipts that no other sale has.
PLANTED_FROM = 900_000

Tell = Callable[[str, int, int], None]


@dataclass
class Size:
    """How large a demo to make."""

    clients: int
    purchases: int
    seed: int


class Demo:
    """Makes one demo chain."""

    def __init__(self, size: Size, tell: Tell, today: date | None = None) -> None:
        self.size = size
        self.tell = tell
        self.random = random.Random(size.seed)
        self.today = today or timezone.localdate()
        self.first_day = self.today - timedelta(days=365 * YEARS)

    @transaction.atomic
    def make(self) -> None:
        self.stores = self._stores()
        self.employees = self._employees()
        clients = self._clients()
        self._consents(clients)
        self._purchases(clients)
        self._bought_because(clients)
        self._services(clients)
        self._messages(clients)
        bonuses.earn(clients, self.today, random.Random(self.size.seed))
        desk.double(clients, self.random)
        evenings.hold(clients, self.stores[0], self.today, random.Random(self.size.seed))
        shelf.lay(self.stores, random.Random(self.size.seed))
        money.note(self.stores, self.first_day, self.today, self.random)
        self.tell("figures", 0, 1)
        derived.rebuild()
        self.tell("figures", 1, 1)

    def _stores(self) -> list[Store]:
        return [
            Store.objects.get_or_create(code=code, defaults={"name": name, "city": city, "address": address, "phone": phone})[0]
            for code, name, city, address, phone in people.STORES
        ]

    def _employees(self) -> dict[int, list[Employee]]:
        by_code = {store.code: store for store in self.stores}
        sellers: dict[int, list[Employee]] = {store.pk: [] for store in self.stores}
        for username, role, first, last, codes in people.EMPLOYEES:
            employee, made = Employee.objects.get_or_create(
                username=username, defaults={"role": role, "first_name": first, "last_name": last}
            )
            if made:
                employee.set_password(PASSWORD)
                employee.save()
                employee.stores.set([by_code[code] for code in codes])
            for code in codes if role == "seller" else ():
                sellers[by_code[code].pk].append(employee)
        return sellers

    def _clients(self) -> list[Client]:
        made: list[Client] = []
        for number in range(self.size.clients):
            related = made[-1].last_name if made and self.random.random() < 0.18 else ""
            made.append(self._client(number, related).prepare())
        saved: list[Client] = []
        for some in batched(made, BATCH):
            saved += Client.objects.bulk_create(some)
            self.tell("clients", len(saved), self.size.clients)
        surnames.refresh()
        return saved

    def _client(self, number: int, family_name: str) -> Client:
        woman = self.random.random() < 0.68
        last, first, middle = self._name(woman, family_name)
        store = self.random.choices(self.stores, weights=(34, 22, 18, 20, 6))[0]
        born = self._birth_date(number)
        phone = f"+79{self.random.choice(('14', '24', '02', '08', '51', '84'))}{self._unique(number):07d}"
        client = Client(
            last_name=last, first_name=first, middle_name=middle, birth_date=born, phone=phone,
            email=f"{store_code(last)}{number}@example.ru", home_store=store,
            registered_on=self._day_of_registration(),
            registered_by=self.random.choice(self.employees[store.pk]) if self.employees[store.pk] else None,
            ring_size=Decimal(self.random.randrange(62, 82)) / 4 if woman and self.random.random() < 0.35 else None,
            metal=self.random.choice(Metal.values) if self.random.random() < 0.3 else "",
            likes=self.random.choice(people.LIKES) if self.random.random() < 0.06 else "",
        )  # fmt: skip
        if number % 10 == 3:
            client.postal_address = (
                f"{690000 + number % 90}, Владивосток, ул. Светланская, д. {number % 97 + 1}, кв. {number % 53 + 1}"
            )
        if number % 20 == 7:
            self._spoil(client)
        return client

    def _name(self, woman: bool, family_name: str) -> tuple[str, str, str]:
        surname = family_name or self.random.choice(people.SURNAMES if self.random.random() < 0.9 else people.UNGENDERED)
        stem = surname[:-1] if surname.endswith(("ова", "ева", "ёва", "ина")) else surname
        last = f"{stem}а" if woman and stem.endswith(("ов", "ев", "ёв", "ин")) else stem
        father = people.PATRONYMICS[self.random.choice(people.FATHERS)][woman]
        return last, self.random.choice(people.WOMEN if woman else people.MEN), father

    def _birth_date(self, number: int) -> date:
        """Some have their birthday today and tomorrow, so that the programs have work at once."""
        year = self.today.year - min(78, max(18, int(self.random.gauss(41, 13))))
        if number % 150 in (0, 1):
            day = self.today + timedelta(days=number % 150)
            return date(year, day.month, min(day.day, 28))
        return date(year, 1, 1) + timedelta(days=self.random.randrange(365))

    def _unique(self, number: int) -> int:
        """Seven digits that look random and never repeat below ten million (a multiplicative walk)."""
        return (number * 7_368_787 + 1_234_577) % 9_999_991

    def _day_of_registration(self) -> date:
        return self._season_day(self.first_day, self.today)

    def _spoil(self, client: Client) -> None:
        """What a legacy list leaves: something missing, and the text as it stood."""
        client.state = CardState.INCOMPLETE
        client.registered_by = None
        lacks = self.random.choice(("phone", "birth_date", "email"))
        setattr(client, lacks, None)
        written = {"phone": "нет", "birth_date": "01.01.1900", "email": "mail@example,ru"}
        client.as_written = {lacks: written[lacks]}

    def _consents(self, clients: list[Client]) -> None:
        now = timezone.now()
        rows = []
        for client in clients:
            if client.state != CardState.COMPLETE:
                continue
            for purpose, share in ((Purpose.PERSONAL_DATA, 1.0), (Purpose.ADVERTISING_SMS, 0.82), (Purpose.CALLS, 0.55)):
                if self.random.random() < share:
                    rows.append(Consent(client=client, purpose=purpose, given=True, at=now, where=client.home_store))
            if client.postal_address:
                rows.append(Consent(client=client, purpose=Purpose.ADVERTISING_POST, given=True, at=now, where=client.home_store))
        Consent.objects.bulk_create(rows, batch_size=BATCH)

    def _purchases(self, clients: list[Client]) -> None:
        done = 0
        receipts: list[Purchase] = []
        pieces: list[Piece] = []
        for client, day, nth in self._buying_days(clients):
            purchase = self._receipt(client, day, done)
            receipts.append(purchase)
            pieces += self._pieces(purchase, regular=nth > 0)
            done += 1
            if len(receipts) >= BATCH:
                self._save(receipts, pieces)
                self.tell("purchases", done, self.size.purchases)
        self._save(receipts, pieces)
        self.tell("purchases", done, done)

    def _bought_because(self, clients: list[Client]) -> None:
        """What the programs of the past year brought, as it was planted; drawn apart, so that all else stays as it is."""
        own, self.random = self.random, random.Random(self.size.seed + 1)
        self.planted = effects.plant(clients, self.employees, self.today, self.random)
        receipts = [self._receipt(one.client, one.day, PLANTED_FROM + nth) for nth, one in enumerate(self.planted)]
        pieces = [piece for receipt in receipts for piece in self._pieces(receipt, regular=True)]
        self._save(receipts, pieces)
        self.random = own

    def _buying_days(self, clients: list[Client]) -> Iterator[tuple[Client | None, date, int]]:
        """Power-law repeats: most buy once, a few come again and again; a part of those fell silent.

        Yields the client, the day, and how often they had bought before; sales without a card at the end.
        """
        left = self.size.purchases - self.size.purchases // 14
        per_client = left / max(1, len(clients))
        for number, client in enumerate(clients):
            times = max(1, min(45, int(self.random.paretovariate(1.25) * per_client / 2.2)))
            silent_since = self.today - timedelta(days=self.random.randrange(200, 420)) if number % 6 == 0 else self.today
            days = self._days(client.registered_on or self.first_day, silent_since, min(times, left))
            left -= len(days)
            yield from ((client, day, nth) for nth, day in enumerate(days))
            if left <= 0:
                break
        for _sale in range(self.size.purchases // 14):
            yield None, self._season_day(self.first_day, self.today), 0

    def _days(self, start: date, end: date, times: int) -> list[date]:
        """The first day, then gaps around the client's own rhythm until ``end``."""
        days = [start] if times else []
        rhythm = max(25.0, self.random.gauss(120, 45))
        while len(days) < times:
            day = days[-1] + timedelta(days=7 + int(self.random.expovariate(1 / rhythm)))
            if day > end:
                break
            days.append(self._toward_season(day, end))
        return days

    def _toward_season(self, day: date, end: date) -> date:
        """Half of the purchases of the weeks before New Year and 8 March wait for them."""
        wait = {11: 24, 2: 14}.get(day.month, 0)
        later = day + timedelta(days=wait)
        return later if wait and later <= end and self.random.random() < 0.5 else day

    def _season_day(self, start: date, end: date) -> date:
        span = max(1, (end - start).days)
        while True:
            day = start + timedelta(days=self.random.randrange(span + 1))
            if self.random.random() < people.SEASON[day.month - 1] / 2.1:
                return day

    def _receipt(self, client: Client | None, day: date, number: int) -> Purchase:
        home = client.home_store if client else None
        store = home if home and self.random.random() < 0.85 else self.random.choice(self.stores)
        sellers = self.employees[store.pk]
        return Purchase(
            store=store, client=client, sold_on=day, receipt_number=f"{number + 1:06d}",
            no_card_reason="" if client else self.random.choice(REASONS),
            seller=self.random.choice(sellers) if sellers else None,
            form_key=UUID(int=self.random.getrandbits(128), version=4),
        )  # fmt: skip

    def _pieces(self, purchase: Purchase, *, regular: bool) -> list[Piece]:
        count = self.random.choices((1, 2, 3, 4), weights=(55, 30, 11, 4) if regular else (80, 16, 3, 1))[0]
        return [self._piece(purchase, regular=regular) for _piece in range(count)]

    def _piece(self, purchase: Purchase, *, regular: bool) -> Piece:
        often = [weight for _kind, _letter, weight, _middle in people.KINDS]
        kind, letter, _often, middle = self.random.choices(people.KINDS, weights=often)[0]
        number = self.random.randrange(10**7, 10**8)
        price = int(math.exp(self.random.gauss(math.log(middle), 0.75)) * (1.3 if regular else 1) / 10) * 10
        returned = purchase.sold_on + timedelta(days=self.random.randrange(1, 14))
        return Piece(
            purchase=purchase,
            kind=kind,
            article=f"{letter}{number // 10_000}-{number % 10_000:04d}",
            price=Decimal(price),
            discount=Decimal(price // 100 * 10 if self.random.random() < 0.2 else 0),
            returned_on=returned if self.random.random() < 0.012 and returned <= self.today else None,
        )

    def _save(self, receipts: list[Purchase], pieces: list[Piece]) -> None:
        Purchase.objects.bulk_create(receipts)
        Piece.objects.bulk_create(pieces)
        receipts.clear()
        pieces.clear()

    def _services(self, clients: list[Client]) -> None:
        requests = []
        for number in range(max(24, self.size.clients // 25)):
            client = self.random.choice(clients)
            since = client.registered_on or self.first_day
            accepted = since + timedelta(days=self.random.randrange((self.today - since).days + 1))
            if number < 18:
                accepted = self.today - timedelta(days=number)
            requests.append(self._service(client, accepted, number))
        desk.settle(requests, self.today, self.random)
        ServiceRequest.objects.bulk_create(requests, batch_size=BATCH)
        desk.answer(requests, self.today, self.random)
        desk.give(clients, self.today, self.random)

    def _service(self, client: Client, accepted: date, number: int) -> ServiceRequest:
        store = client.home_store or self.stores[0]
        kind = self.random.choices(ServiceKind.values, weights=(38, 14, 8, 5, 6, 4, 4, 12, 4, 3, 2))[0]
        size = Decimal(self.random.randrange(62, 78)) / 4
        closed = (self.today - accepted).days > 18
        open_statuses = (ServiceStatus.RECEIVED, ServiceStatus.IN_WORK, ServiceStatus.READY)
        return ServiceRequest(
            store=store, client=client, number=f"{store.pk}-{number + 1:06d}", accepted_on=accepted, kind=kind,
            description=self.random.choice(people.DESCRIPTIONS), due_on=accepted + timedelta(days=7),
            size_from=size if kind == ServiceKind.RESIZING else None,
            size_to=size + Decimal("0.5") if kind == ServiceKind.RESIZING else None,
            price=Decimal(self.random.randrange(8, 40) * 100), declared_value=Decimal(self.random.randrange(5, 90) * 1000),
            status=ServiceStatus.HANDED_OUT if closed else self.random.choice(open_statuses),
        )  # fmt: skip

    def _messages(self, clients: list[Client]) -> None:
        """Greetings of the past year, as if the program had run, with every tenth left out to compare with."""
        program = Program.objects.filter(key=BIRTHDAY).select_related("template").first()
        if program is None:
            return
        program.holdout = HOLDOUT
        program.save()
        rows = [self._greeting(program, client, day) for client in clients if (day := self._greeted_on(client))]
        Message.objects.bulk_create(rows, batch_size=BATCH)

    def _greeted_on(self, client: Client) -> date | None:
        """The client's last birthday, unless it is today, when the program is to greet them itself."""
        day = self._last_birthday(client)
        if not day or client.state != CardState.COMPLETE or not 0 < (self.today - day).days < 365:
            return None
        return day if (client.registered_on or self.today) < day else None

    def _greeting(self, program: Program, client: Client, day: date) -> Message:
        at = timezone.make_aware(datetime.combine(day, time(10, 3)))
        text = texts.fill(program.templates[0].text, address.values_for(address.addressee_of(client)))
        message = Message(
            client=client, store=client.home_store, occasion_key=f"{program.key}:{day.year}:{client.pk}", source=program.key,
            occasion_on=day, counted_from=day, template=program.template, text=text, purpose=Purpose.ADVERTISING_SMS,
            recipient=client.phone or "", segments=texts.length(text).segments, send_after=at,
            expires_at=at + timedelta(hours=11),
        )  # fmt: skip
        luck, seconds = self.random.random(), self.random.randrange(3, 40)
        if campaigns_selectors.held_out(program, day.year, client.pk):
            message.state, message.reason = MessageState.SUPPRESSED, Reason.HOLDOUT
        elif luck < 0.03:
            message.state, message.reason, message.words = MessageState.FAILED, Reason.UNDELIVERED, "25 number out of reach"
        else:
            message.state, message.gateway, message.attempts = MessageState.DELIVERED, "console", 1
            message.sent_at, message.delivered_at = at, at + timedelta(seconds=seconds)
        return message

    def _last_birthday(self, client: Client) -> date | None:
        if not client.birth_date:
            return None
        month, day = client.birth_date.month, min(client.birth_date.day, 28)
        this_year = date(self.today.year, month, day)
        return this_year if this_year <= self.today else date(self.today.year - 1, month, day)
