"""Every page at desktop and phone width, in light and dark: no serious axe finding, nothing wider than the screen.

In English only the texts are looked at. The pictures land in ``var/crawl/``; a CI machine, where nobody looks at them, takes none.
"""

import os
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone
from playwright.sync_api import Page

from analytics.boards import services as boards
from analytics.boards.catalogue import READY
from campaigns.evenings import inviting
from campaigns.models import Campaign, Evening, Invitation, Program
from campaigns.once import freezing, running
from clients import rights
from clients.models import CardState, Client, OccasionKind, Purpose, Wearer
from clients.sameness import merging
from clients.services import ContactDetails, complete_card, keep_occasion, record_consents
from exchange import pulling
from exchange.models import Source
from imports import intake
from imports.passes import engine
from messaging import paper, services
from messaging.gateways import Incoming
from messaging.incoming import receipts
from messaging.models import Message
from messaging.unsubscribing import unsubscribe_address
from portal import reviews
from portal.models import Review
from purchases.models import Order
from purchases.orders import acts as orders
from purchases.payments import TenderLine
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.conftest import DATA, Sell
from tests.factories import ClientFactory, phone_of
from workshop import prices
from workshop import tickets as workshop_tickets
from workshop.models import ServiceRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = Path("var/crawl")
# These speak the client's language, whoever looks.
OF_THE_CLIENT = ("/u/", "/r/")
STANDS_STILL = """async () => {
  await document.fonts.ready;
  while (document.querySelector(".htmx-request")) await new Promise((later) => setTimeout(later, 20));
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""

# Put into a page once, and only what is wrong comes back: what axe found right is most of its answer.
SERIOUS = """async (options) => {
  const { violations } = await axe.run(document, options);
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return serious.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 160)]);
}"""

# An evening is moved by an hour: before it is saved its page asks whom to tell.
MOVED = "#moved"
MOVE = """() => {
  const [starts] = document.getElementsByName("starts_at");
  starts.value = starts.value.replace("T19", "T18");
  starts.form.requestSubmit();
}"""

IN_THE_DARK = """() => {
  document.documentElement.dataset.bsTheme = "dark";
  document.getAnimations().forEach((change) => change.finish());
}"""


@pytest.fixture
def pages(store: Store, admin: Employee, seller: Employee, sell: Sell) -> list[str]:
    card = ClientFactory.create(home_store=store, ring_size="17.5", metal="white", note="Любит топазы")
    sell(card, date(2026, 1, 5), 10_000, 20_000)
    purchase = sell(card, date(2026, 2, 5), 700_000)
    sell(ClientFactory.create(), date(2026, 2, 6), 5_000)
    service = workshop_tickets.take_in(
        ServiceRequest(store=store, client=card, kind="resizing", description="кольцо", size_from="17", size_to="17.5"), by=seller
    )
    lacking = ClientFactory.create(home_store=store, state=CardState.INCOMPLETE, phone=None, as_written={"phone": "нет"})
    complete_card(lacking, found=ContactDetails(email="other@example.ru"), by=seller)
    record_consents(card, {Purpose.ADVERTISING_SMS: True}, by=seller, where=store)
    message = Message.objects.create(
        client=card, occasion_key="birthday:2026:1", recipient=phone_of(card), text="С днём рождения!", send_after="2026-01-01T00:00Z",
        expires_at="2026-01-02T00:00Z", purpose=Purpose.ADVERTISING_SMS,
    )  # fmt: skip
    doubt = Message.objects.create(
        client=card, occasion_key="birthday:2025:1", recipient=phone_of(card), text="С днём рождения!", send_after="2025-01-01T00:00Z",
        expires_at="2025-01-02T00:00Z", state="unknown", reason="doubt", attempts=1, purpose=Purpose.ADVERTISING_SMS,
    )  # fmt: skip
    services.decide(doubt, arrived=False, by=admin, now=timezone.now())
    Message.objects.filter(pk=doubt.pk).update(state="unknown")
    services.pause(card, "жалоба", until=None, by=seller)
    keep_occasion(card, OccasionKind.objects.get(), day=214, year=2015, by=seller)
    receipts.take_reply(Incoming(phone_of(card), "Спасибо!", "1"), gateway="console")
    twin = ClientFactory.create(home_store=store, last_name="Петрова")
    merging.propose(card, twin, by=admin)
    Wearer.objects.create(client=card, first_name="Мария", relation="wife", day=1206, ring_size="16.5", is_surprise=True)
    prices.offer_price(service, Decimal(4_500), reason="новая головка", by=seller)
    ready = ServiceRequest.objects.create(
        store=store, client=card, kind="cleaning", number="1-000777", accepted_on=date(2026, 2, 1), due_on=date(2026, 2, 3),
        ready_on=date(2026, 2, 9), status="ready", price=1_500, is_urgent=True,
    )  # fmt: skip
    typed = Order(store=store, client=card, article="R1", description="с топазом", kind="ring", price=Decimal(90_000))
    order = orders.take(typed, by=seller, prepaid=TenderLine("card", Decimal(30_000)))
    review = Review.objects.create(client=card, store=store, request=ready, asked_on=store.today())
    reviews.answer(review.token, 3, "Долго ждали", now=timezone.now())
    act = rights.erase(ClientFactory.create(last_name="Ушедшая", home_store=store), basis="заявление", by=admin)
    stop = unsubscribe_address(card.pk, Purpose.ADVERTISING_SMS)
    program = Program.objects.get(key="birthday").pk
    board = boards.from_ready(admin, READY["clients"])
    campaign, evening = _on_paper(store, by=admin), _with_guests(store, by=admin)
    pulling.begin(Source.objects.create(name="МойСклад"), "token", since=timezone.now())
    services.stop("+79990001122", reason="SMS: стоп", now=timezone.now())
    with (DATA / "legacy-list/clients.csv").open("rb") as file:
        kept = intake.read(intake.keep_file("clients", file, "clients.csv", by=admin))
    engine.preview(kept)
    with (DATA / "legacy-list/second.csv").open("rb") as file:
        fresh = intake.find_layout(intake.keep_file("clients", file, "second.csv", by=admin))
    return [
        "/", f"/clients/{card.pk}/", f"/clients/{lacking.pk}/", f"/clients/{card.pk}/edit/", "/clients/register/",
        "/clients/to-complete/", f"/sales/new/?client={card.pk}", "/sales/new/", f"/sales/{purchase.pk}/", "/sales/?first=2026-01-01",
        "/clients/", "/clients/?add=silent", f"/clients/task/?pk={card.pk}", f"/clients/{card.pk}/history/", f"/clients/{card.pk}/contacts/new/",
        "/orders/", f"/orders/{order.pk}/", f"/orders/new/?client={card.pk}",
        "/service/new/", f"/service/new/?client={card.pk}", f"/service/{ready.pk}/", f"/service/{service.pk}/ticket/?size=58",
        f"/service/{service.pk}/ticket/?size=label", "/clients/pairs/", f"/clients/merge/{card.pk}/{twin.pk}/",
        f"/clients/{card.pk}/other/", f"/clients/{card.pk}/everything/", f"/clients/{card.pk}/erase/", "/clients/erasures/",
        f"/clients/erasures/{act.pk}/", f"/clients/{act.card}/", f"/clients/{card.pk}/wearers/new/", "/quality/",
        "/quality/cards/?what=phone", "/quality/invented/", "/errands/", "/calls/", "/campaigns/", "/campaigns/new/?all=on&question=", "/desk/?first=2026-02-01&last=2026-02-28", "/reviews/", "/s/",
        f"/r/{review.token}/", "/service/new/", "/service/", "/service/?view=list", f"/service/{service.pk}/correct/", f"/service/{service.pk}/", f"/service/{service.pk}/ticket/", "/search/?q=иван",
        "/returning/?first=2026-02-01&last=2026-02-28", "/returning/?first=2001-02-01&last=2001-02-28", "/programs/", f"/programs/{program}/", "/programs/new/",
        f"/programs/{program}/clients/planned/", "/messages/", "/messages/?state=unknown", f"/messages/{doubt.pk}/", "/messages/replies/",
        "/messages/templates/", "/messages/templates/new/", "/gateways/", stop.partition("8000")[2],
        f"/messages/{message.pk}/", f"/messages/templates/{_template()}/", "/lists/", f"/lists/{kept.pk}/", f"/lists/{kept.pk}/decide/", f"/lists/{kept.pk}/values/", f"/lists/{fresh.pk}/columns/", "/keys/", "/exports/", "/accounts/2fa/",
        "/accounts/password/change/", "/nowhere/", "/returning/detail/?first=2026-02-01&last=2026-02-28", "/coming-back/", "/silent/",
        "/silent/all/", "/worth/", "/people/?first=2026-02-01&last=2026-02-28", "/money/?first=2026-01-01&last=2026-12-31",
        f"/campaigns/{campaign.pk}/paper/", f"/evenings/{evening.pk}/edit/{MOVED}", "/exchange/moysklad/", "/messages/stop-list/",
        "/settings/texts/", "/settings/texts/calls/",
        "/boards/", f"/boards/{board.pk}/", f"/boards/{board.pk}/compose/", "/boards/add/?page=analytics:silent", "/money/expenses/", "/money/visitors/", "/money/calculators/", "/ask/", "/figures/help/",
        "/ask/?w0=kind&g0=0&p0_kind=ring&p0_least=1&w1=silent&g1=1&p1_days=0&w2=consent&g2=1&n2=on&p2_purpose=calls",
    ]  # fmt: skip


def _on_paper(store: Store, *, by: Employee) -> Campaign:
    """A campaign by letters on paper, one of them printed."""
    reader = ClientFactory.create(
        home_store=store, last_name="Бумажная", postal_address="690091, Владивосток, ул. Светланская, д. 10, кв. 5"
    )
    record_consents(reader, {Purpose.ADVERTISING_POST: True}, by=by, where=store)
    campaign = Campaign.objects.create(
        title="Новая коллекция", question={"definition": []}, sentence="Все клиенты.", store=store, by=by, occasion="Новая коллекция",
        occasion_until=timezone.localdate(), offer="Скидка", holdout=0, way="post", paper="{name}, приходите!", form_key=uuid4(),
    )  # fmt: skip
    freezing.freeze(campaign, now=timezone.now())
    running.move(campaign, "start")
    running.run(campaign, now=timezone.now())
    paper.take(campaign.source, by=by, now=timezone.now())
    return campaign


def _with_guests(store: Store, *, by: Employee) -> Evening:
    """An evening to which somebody was invited, and will come."""
    starts = datetime.now(tz=store.zone).replace(hour=19, minute=0, second=0, microsecond=0) + timedelta(days=9)
    evening = Evening.objects.create(
        title="Вечер жемчуга", store=store, by=by, starts_at=starts, ends_at=starts + timedelta(hours=3), seats=10, plus=1,
        script="{name}, приглашаем.", form_key=uuid4(),
    )  # fmt: skip
    guest = ClientFactory.create(home_store=store, last_name="Гостева")
    record_consents(guest, {Purpose.CALLS: True}, by=by, where=store)
    inviting.invite(evening, Client.objects.filter(pk=guest.pk), why="Клуб", by=by, now=timezone.now())
    Invitation.objects.update(answer="accepted", answered_at=timezone.now())
    return evening


def _template() -> int:
    from messaging.models import Template

    return Template.objects.get(key="birthday").pk


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_looks_right(admin: Employee, visit: OpenPage, pages: list[str], width: int) -> None:
    """In the dark the page is the same but for its colours: it is not asked for again, and only they are looked at."""
    page = visit(admin, width=width)
    wrong: list[tuple[str, ...]] = []
    for number, address in enumerate(dict.fromkeys(pages)):
        look_at(page, address)
        take_picture(page, f"{width}-light", number, address)
        wrong += too_wide(page, address)
        wrong += faults(page, address)
        page.evaluate(IN_THE_DARK)
        take_picture(page, f"{width}-dark", number, address)
        wrong += faults(page, f"{address} in the dark", "color-contrast")

    assert wrong == []


def test_every_page_speaks_english(admin: Employee, visit: OpenPage, pages: list[str]) -> None:
    """Its texts are others, and may be wider; colours and controls are those of the Russian page."""
    page = visit(admin, language="en")
    wrong: list[tuple[str, ...]] = []
    for number, address in enumerate(dict.fromkeys(pages)):
        look_at(page, address)
        if not address.startswith(OF_THE_CLIENT) and page.evaluate("document.documentElement.lang") != "en":
            wrong.append((address, "not in English"))
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(STANDS_STILL)
            wrong += too_wide(page, f"{address} at {width}")
        take_picture(page, "en", number, address)

    assert wrong == []


def faults(page: Page, address: str, *rules: str) -> list[tuple[str, ...]]:
    """What axe calls serious, by all its rules or by these."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(SERIOUS, {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})})
    return [(address, rule, html) for rule, html in found]


def take_picture(page: Page, folder: str, number: int, address: str) -> None:
    if not os.environ.get("CI"):
        page.screenshot(path=PICTURES / folder / f"{number:02d}-{_named(address)}.png", full_page=True)


def look_at(page: Page, address: str) -> None:
    """Open a page and wait until it stands still: its letters are there, what scripts fill is filled."""
    page.goto(address)
    if address.endswith(MOVED):
        with page.expect_navigation():
            page.evaluate(MOVE)
    page.evaluate(STANDS_STILL)


def too_wide(page: Page, address: str) -> list[tuple[str, ...]]:
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [(address, "wider than the screen")] if wide else []


def _named(address: str) -> str:
    return address.strip("/").split("?")[0].replace("/", "-") or "home"
