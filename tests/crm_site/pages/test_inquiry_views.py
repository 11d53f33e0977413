"""The figures of inquiries: a share only where there are enough to say."""

import pytest
from django.urls import reverse

from inquiries.models import Inquiry, State
from stores.models import Employee
from tests.conftest import SignIn
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
