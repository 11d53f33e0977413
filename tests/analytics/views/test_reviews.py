"""The page of what clients answered: of one's own stores, in words and as a workbook."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from clients.models import Client
from portal.models import Review
from stores.models import Employee, Store
from tests.conftest import SignIn
from workshop.models import ServiceRequest


@pytest.fixture
def answered(card: Client, store: Store, other_store: Store) -> list[Review]:
    """An answer in each store, the newer one in the other, and one that nobody gave."""
    day, made = timezone.localdate(), []
    for number, (place, score) in enumerate(((store, 9), (other_store, 3), (store, None))):
        request = ServiceRequest.objects.create(store=place, client=card, number=f"r-{number}", accepted_on=day, kind="cleaning")
        at = timezone.now() + timedelta(minutes=number) if score else None
        more = {"score": score, "words": f"слова {number}", "answered_at": at}
        made.append(Review.objects.create(client=card, store=place, request=request, asked_on=day, **more))
    return made


@pytest.mark.parametrize("address", ["/reviews/", "/reviews/?export=1"])
def test_the_page_opens(address: str, manager: Employee, signed_in: SignIn, db: None) -> None:
    assert signed_in(manager).get(address).status_code == 200


def test_a_manager_reads_the_words_of_their_own_stores(
    answered: list[Review], manager: Employee, admin: Employee, other_store: Store, signed_in: SignIn
) -> None:
    here, there, _nobody = answered

    mine, whole = signed_in(manager).get("/reviews/").context, signed_in(admin).get("/reviews/").context

    assert (list(mine["page"]), list(whole["page"])) == ([here], [there, here])
    assert [(seen["data"].asked, seen["data"].answered) for seen in (mine, whole)] == [(2, 1), (3, 2)]
    assert list(signed_in(admin).get("/reviews/", {"store": other_store.pk}).context["page"]) == [there]


def test_answers_go_into_a_workbook(answered: list[Review], manager: Employee, signed_in: SignIn) -> None:
    answer = signed_in(manager).get("/reviews/", {"export": 1})

    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[3:] for row in rows] == [(9, "слова 0")]
