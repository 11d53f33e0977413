"""What the sale's page asks of the base, and in how few questions."""

import re

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, ContactProof, Purpose, Wearer
from clients.services import record_consents
from purchases import selling
from stores.models import Employee, Store
from tests.conftest import SignIn


def test_the_card_says_in_one_question_what_is_shown_beside_it(
    card: Client, seller: Employee, store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        bare = selling.buyer(card.pk)
    record_consents(card, {Purpose.PERSONAL_DATA: True}, by=seller, where=store)
    ContactProof.objects.create(client=card, field="phone", value=card.phone, state="doubtful", at=timezone.now())
    Wearer.objects.create(client=card, first_name="Мария", relation="wife")

    whole = selling.buyer(card.pk)

    assert (bare.has_data_word, bare.has_proofs, bare.has_wearers) == (False, False, False)
    assert (whole.has_data_word, whole.has_proofs, whole.has_wearers) == (True, True, True)
    with django_assert_num_queries(2):
        beside = selling.beside(whole, store.today())
        assert [one.first_name for one in beside["wearers"]] == ["Мария"]
    assert (beside["terms"], beside["with_codes"]) == (None, False)


def test_a_page_that_comes_back_shows_them_too(card: Client, seller: Employee, signed_in: SignIn) -> None:
    Wearer.objects.create(client=card, first_name="Мария", relation="wife")
    browser = signed_in(seller)

    first = browser.get(f"/sales/new/?client={card.pk}")
    again = browser.post(
        "/sales/new/", {"client": card.pk, "pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 0, "paid_by": "cash"}
    )

    shown = [page.content.decode() for page in (first, again)]
    assert (first.status_code, again.status_code) == (200, 422)
    assert ["data-ask-data" in page and "Мария" in page for page in shown] == [True, True]
    assert [page.count('name="pieces-TOTAL_FORMS"') for page in shown] == [1, 1]
    assert re.search(r'value="cash"\s+checked', shown[1])


def test_nobodys_key_is_nobodys_sale(db: None) -> None:
    assert selling.buyer(0) is None
