"""The figures of inquiries: a share only where there are enough to say."""

from datetime import date

import pytest
from django.urls import reverse

from analytics.models import VisitorCount
from clients.models import Client
from inquiries.models import Inquiry, State
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.inquiries.conftest import Ask, ask

__all__ = ["ask"]
PAGE = reverse("pages:inquiry_figures")


@pytest.mark.parametrize(("count", "said"), [(29, False), (30, True)])
def test_too_few_to_say(manager: Employee, signed_in: SignIn, ask: Ask, count: int, said: bool) -> None:
    for _number in range(count):
        ask()
    Inquiry.objects.filter(pk=Inquiry.objects.earliest("pk").pk).update(state=State.WON, lost_reason="")

    whole = signed_in(manager).get(PAGE).context["whole"]

    assert (whole.line.asked, whole.line.won, whole.share is not None) == (count, 1, said)
    if said:
        assert 0 < whole.share.low < whole.share.value < whole.share.high < 20


def test_days_that_are_none_are_as_if_not_said(manager: Employee, signed_in: SignIn, seller: Employee) -> None:
    assert signed_in(manager).get(f"{PAGE}?first=x&last=2026-01-01").status_code == 200
    assert signed_in(seller).get(PAGE).status_code == 403


def test_from_the_door_to_the_receipt_by_store(
    manager: Employee, signed_in: SignIn, store: Store, card: Client, sell: Sell
) -> None:
    """Only days on which visitors were counted; more receipts than visitors say nothing."""
    for day, visitors in ((1, 40), (2, 60)):
        VisitorCount.objects.create(store=store, day=date(2026, 3, day), visitors=visitors)
    for day in (1, 1, 2, 3):
        sell(card, date(2026, 3, day), 1_000)
    browser = signed_in(manager)

    (line,) = browser.get(f"{PAGE}?first=2026-03-01&last=2026-03-31").context["funnel"]
    VisitorCount.objects.update(visitors=1)
    (off,) = browser.get(f"{PAGE}?first=2026-03-01&last=2026-03-31").context["funnel"]

    assert (line.store, line.visitors, line.asked, line.receipts) == (store, 100, 0, 3)
    assert [round(bound, 1) for bound in line.conversion] == [3.0, 1.0, 8.5]
    assert off.conversion is None
