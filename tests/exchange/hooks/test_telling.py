"""What an address is told: once, signed, tried again, and nothing personal."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from clients.models import Client
from exchange import selectors
from exchange.documents import applying
from exchange.gateways import Answer, UnreachableError
from exchange.hooks import telling
from exchange.models import CallState, Hook, HookCall, HookKind
from exchange.sealing import opened
from purchases import services as purchases
from purchases.correcting import acts, contents
from stores.models import Employee, Notice, Store
from tests import factories
from tests.conftest import Sell
from tests.exchange.conftest import Till, back, sale


class Receiver:
    """An address: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.status, self.told = 204, list[tuple[str, bytes, dict[str, str]]]()

    def post(self, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        self.told.append((address, body, headers))
        if not self.status:
            raise UnreachableError("away")
        return Answer(self.status, "words")


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    made = Receiver()
    monkeypatch.setattr(telling, "post", made.post)
    return made


@pytest.fixture
def hook(db: None) -> Hook:
    made = Hook(name="shop", address="https://shop.example/h", kinds=HookKind.values)
    telling.give_secret(made)
    telling.switch_on(made)
    return made


def later(by: timedelta = timedelta(days=2)) -> None:
    HookCall.objects.update(due_at=timezone.now() - by)


def test_a_receipt_and_a_card_are_told_once_and_nothing_of_before(
    card: Client, sell: Sell, receiver: Receiver, hook: Hook
) -> None:
    assert telling.tell() == 0
    purchase = sell(card, timezone.localdate(), 10_000)
    other = factories.ClientFactory.create(last_name="Секретова", phone="+79145550101")

    assert (telling.tell(), telling.tell()) == (2, 0)

    told = [json.loads(body) for _address, body, _headers in receiver.told]
    assert sorted(one["type"] for one in told) == ["card.registered", "receipt.saved"]
    receipt = next(one["data"] for one in told if one["type"] == "receipt.saved")
    assert (receipt["receipt"], receipt["card"], receipt["sum"]) == (purchase.pk, card.pk, "10000.00")
    text = "".join(body.decode() for _address, body, _headers in receiver.told)
    assert [word for word in (other.last_name, "79145550101", card.first_name) if word in text] == []


def test_a_call_is_signed_as_standard_webhooks_has_it(card: Client, receiver: Receiver, hook: Hook) -> None:
    factories.ClientFactory.create()
    telling.tell()

    ((_address, body, headers),) = receiver.told
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(opened(hook.secret).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


def test_the_base_keeps_no_secret_that_signs(hook: Hook, receiver: Receiver, settings: Settings) -> None:
    secret = telling.give_secret(hook)
    assert (secret in hook.secret, opened(hook.secret)) == (False, secret)
    factories.ClientFactory.create()

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []

    assert (telling.tell(), receiver.told, HookCall.objects.get().state) == (0, [], CallState.WAITING)


@pytest.mark.parametrize("status", [500, 302, 0])
def test_what_is_not_taken_is_tried_again_under_the_same_id(status: int, card: Client, receiver: Receiver, hook: Hook) -> None:
    factories.ClientFactory.create()
    receiver.status = status
    assert telling.tell() == 0
    call = HookCall.objects.get()
    assert (call.state, call.tries, call.due_at > timezone.now()) == (CallState.WAITING, 1, True)
    assert Hook.objects.get().failing_since is not None

    later()
    receiver.status = 200

    assert (telling.tell(), HookCall.objects.get().state, Hook.objects.get().failing_since) == (1, CallState.SENT, None)
    assert len({headers["webhook-id"] for _address, _body, headers in receiver.told}) == 1


def test_who_never_takes_it_is_given_up_and_sent_again_by_hand(card: Client, receiver: Receiver, hook: Hook) -> None:
    factories.ClientFactory.create()
    receiver.status = 500
    for _try in range(len(telling.WAITS) + 1):
        telling.tell()
        later()
    assert (HookCall.objects.get().state, HookCall.objects.get().tries) == (CallState.FAILED, len(telling.WAITS) + 1)

    receiver.status = 204
    telling.send_again(HookCall.objects.get())

    assert (telling.tell(), HookCall.objects.get().state) == (1, CallState.SENT)


def test_an_address_that_takes_nothing_for_days_is_switched_off(card: Client, receiver: Receiver, hook: Hook) -> None:
    factories.ClientFactory.create()
    receiver.status = 500
    Hook.objects.update(failing_since=timezone.now() - timedelta(days=6))

    telling.tell()

    assert (Hook.objects.get().off_at is not None, HookCall.objects.get().state) == (True, CallState.FAILED)
    assert selectors.hooks_given_up().count() == 1
    later()
    assert (telling.tell(), len(receiver.told)) == (0, 1)


def test_one_that_is_left_off_is_no_alarm(hook: Hook) -> None:
    Hook.objects.update(failing_since=timezone.now(), off_at=timezone.now())

    telling.switch_off(hook)

    assert (Hook.objects.get().off_at is not None, selectors.hooks_given_up().count()) == (True, 0)


def test_what_a_dead_worker_left_is_sent_by_another(card: Client, receiver: Receiver, hook: Hook) -> None:
    factories.ClientFactory.create()
    telling.tell()
    HookCall.objects.update(state=CallState.SENDING, due_at=timezone.now() + telling.LEASE)
    assert telling.tell() == 0

    later()

    assert telling.tell() == 1


def test_old_calls_go_and_are_not_told_anew(card: Client, receiver: Receiver, hook: Hook) -> None:
    factories.ClientFactory.create()
    telling.tell()
    HookCall.objects.update(made_at=timezone.now() - timedelta(days=31))

    assert (telling.forget(), telling.tell(), HookCall.objects.count()) == (1, 0, 0)


def test_the_page_makes_a_webhook_and_shows_its_secret_once(admin: Any, signed_in: Any, receiver: Receiver) -> None:
    browser = signed_in(admin)
    said = {"name": "shop", "address": "https://shop.example/h", "kinds": ["card.registered"]}

    first = browser.post("/exchange/webhooks/", said).content.decode()
    bad = browser.post("/exchange/webhooks/", {**said, "name": "b", "address": "https://me:you@shop.example/"})

    hook = Hook.objects.get()
    secret = opened(hook.secret)
    assert (secret in first, secret in browser.get("/exchange/webhooks/").content.decode(), bad.status_code) == (True, False, 422)
    anew = browser.post(f"/exchange/webhooks/{hook.pk}/secret/").content.decode()
    hook.refresh_from_db()
    assert (opened(hook.secret) in anew, secret in anew) == (True, False)
    factories.ClientFactory.create()
    telling.tell()
    assert "204 words" in browser.get(f"/exchange/webhooks/{hook.pk}/").content.decode()
    browser.post(f"/exchange/webhooks/calls/{HookCall.objects.get().pk}/again/")
    assert telling.tell() == 1
    browser.post(f"/exchange/webhooks/{hook.pk}/switch/", {"to": "off"})
    assert Hook.objects.get().off_at is not None
    browser.post(f"/exchange/webhooks/{hook.pk}/switch/", {"to": "on"})
    assert Hook.objects.get().off_at is None


def said(receiver: Receiver) -> list[tuple[str, dict[str, Any]]]:
    """What was told of receipts that were put right, in its order."""
    told = [json.loads(body) for _address, body, _headers in receiver.told]
    return [
        (one["type"], one["data"]) for one in told if one["type"] not in ("receipt.saved", "card.registered", "bonuses.moved")
    ]


def test_a_return_is_told_once_and_so_is_its_undoing(
    card: Client, sell: Sell, receiver: Receiver, hook: Hook, seller: Employee
) -> None:
    today = timezone.localdate()
    purchase = sell(card, today, 10_000, 4_000, 1_000)
    back = list(purchase.pieces.order_by("pk")[:2])
    purchases.return_pieces(purchase, back, by=seller)
    with pytest.raises(purchases.AlreadyReturnedError):
        purchases.return_pieces(purchase, back, by=seller)
    purchases.preview_return(purchase, [purchase.pieces.get(returned_on=None)], by=seller)
    purchases.undo_return(purchase, by=seller)

    telling.tell()
    telling.tell()

    known = {"receipt": purchase.pk, "store": "luxury", "day": today.isoformat(), "card": card.pk, "pieces": 2, "sum": "14000.00"}
    assert said(receiver) == [("receipt.returned", known | {"exchange": False}), ("return.undone", known)]
    assert Notice.objects.count() == 0


def test_what_came_back_while_nobody_was_told_stays_untold(
    card: Client, sell: Sell, receiver: Receiver, hook: Hook, seller: Employee
) -> None:
    purchase = sell(card, timezone.localdate(), 10_000, 4_000)
    purchases.return_pieces(purchase, [purchase.pieces.all()[0]], by=seller)
    telling.switch_on(hook)
    purchases.return_pieces(purchase, [purchase.pieces.get(returned_on=None)], by=seller)

    telling.tell()

    assert [(kind, data["sum"]) for kind, data in said(receiver)] == [("receipt.returned", "4000.00")]


def test_a_return_that_failed_leaves_nothing_to_tell(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, timezone.localdate(), 10_000)

    with transaction.atomic():
        purchases.return_pieces(purchase, list(purchase.pieces.all()), by=seller)
        transaction.set_rollback(True)

    assert Notice.objects.count() == 0


def test_what_is_put_right_on_a_receipt_is_told_as_it_stands_then(
    card: Client, sell: Sell, receiver: Receiver, hook: Hook, seller: Employee
) -> None:
    today = timezone.localdate()
    purchase = sell(card, today, 10_000)
    was = contents.of(purchase)
    cheaper = replace(was, pieces=(was.pieces[0]._replace(price=Decimal(9_000)),), tenders=was.tenders)
    acts.correct(purchase, wanted=cheaper, version=0, by=seller)
    acts.void(purchase, reason="Секретова ошиблась", version=1, by=seller)
    acts.restore(purchase, version=2, by=seller)
    acts.undo(purchase, version=3, by=seller)

    telling.tell()
    telling.tell()

    known = {"receipt": purchase.pk, "store": "luxury", "day": today.isoformat(), "pieces": 1, "sum": "9000.00", "card": card.pk}
    assert sorted(said(receiver), key=lambda one: int(one[1]["version"])) == [
        ("receipt.corrected", known | {"version": 1}), ("receipt.voided", known | {"version": 2}),
        ("receipt.restored", known | {"version": 3}), ("receipt.voided", known | {"version": 4}),
    ]  # fmt: skip
    assert "Секретова" not in "".join(body.decode() for _address, body, _headers in receiver.told)


def test_a_till_that_returns_is_told_of_too(till: Till, receiver: Receiver, hook: Hook, store: Store) -> None:
    till.send(sale())
    till.send(back())
    applying.apply_received()

    telling.tell()

    assert [(kind, data["day"], data["pieces"], data["card"]) for kind, data in said(receiver)] == [
        ("receipt.returned", "2026-05-06", 1, None)
    ]
