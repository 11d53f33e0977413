"""The list of all clients, and a task from it."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from messaging.models import Errand
from stores.models import Employee, ExportRecord, Store
from tests.conftest import Decided, Sell, SignIn
from tests.factories import ClientFactory

LIST = "/clients/"


def test_a_manager_sees_the_clients_of_the_store_they_stand_in(
    manager: Employee, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    mine = ClientFactory.create(home_store=store)
    ClientFactory.create(home_store=other_store)

    answer = signed_in(manager).get(LIST)

    assert [client for client, _cells in answer.context["rows"]] == [mine]


def test_columns_are_kept_for_the_session(admin: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(admin)
    browser.get(LIST, {"cols": "on", "col": ["email", "stake"]})

    assert browser.get(LIST).context["shown"].names == ("email", "stake")


def test_a_condition_is_added_filled_and_taken_out_again(admin: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(admin)

    added = browser.get(LIST, {"q": "", "add": "silent"})["Location"]
    filled = browser.get(added + "&p0_days=5")

    assert "w0=silent&g0=0&edit=0" in added
    assert filled.context["question"].sentence == "Клиенты, которые молчат минимум 5\xa0дней."
    assert browser.get("/clients/?w0=silent&g0=0&p0_days=5&out=0")["Location"] == "/clients/?"


def test_it_is_a_look_up_and_has_its_bound(admin: Employee, store: Store, signed_in: SignIn, decided: Decided) -> None:
    decided(lookups_per_hour=2)
    browser = signed_in(admin)

    assert [browser.get(LIST).status_code for _time in range(3)] == [200, 200, 429]


def test_what_is_taken_out_is_noted(admin: Employee, store: Store, signed_in: SignIn) -> None:
    card = ClientFactory.create(home_store=store)

    sheet = load_workbook(BytesIO(signed_in(admin).get(LIST, {"export": 1}).content)).active

    assert sheet
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [card.pk]
    assert ExportRecord.objects.get().rows == 1


def test_the_number_of_queries_does_not_grow(
    admin: Employee, store: Store, signed_in: SignIn, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, counts = signed_in(admin), []
    for _client in range(3):
        sell(ClientFactory.create(home_store=store), date(2026, 5, 5), 100)
        with django_assert_max_num_queries(12) as captured:
            browser.get(LIST, {"sort": "-spent"})
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_a_task_about_the_ticked_is_given_to_the_sellers(manager: Employee, store: Store, signed_in: SignIn) -> None:
    cards = [ClientFactory.create(home_store=store) for _n in range(3)]
    browser, address = signed_in(manager), f"/clients/task/?pk={cards[0].pk}&pk={cards[1].pk}"
    form = browser.get(address).context["form"]
    filled = {
        "reason": "Позвать на показ",
        "due_on": f"{store.today():%Y-%m-%d}",
        "nature": "service",
        "topic": "offer",
        "round_key": form["round_key"].value(),
    }

    answer = browser.post(address, filled, follow=True)

    assert {errand.client for errand in Errand.objects.all()} == set(cards[:2])
    assert "2 задачи" in answer.content.decode().replace("\xa0", " ")


def test_a_task_without_a_reason_says_so_and_gives_nothing(manager: Employee, store: Store, signed_in: SignIn) -> None:
    card = ClientFactory.create(home_store=store)

    answer = signed_in(manager).post(f"/clients/task/?pk={card.pk}", {"reason": "", "due_on": "", "nature": "service"})

    assert (answer.status_code, Errand.objects.count()) == (422, 0)


@pytest.mark.parametrize("address", [reverse("pages:everybody"), reverse("pages:give_task")])
def test_sellers_have_no_list_of_everybody(address: str, seller: Employee, signed_in: SignIn) -> None:
    assert signed_in(seller).get(address).status_code == 403
