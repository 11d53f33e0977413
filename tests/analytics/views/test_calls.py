"""The page of calls and the errands behind its numbers."""

from django.utils import timezone

from clients.models import Client
from messaging import errands
from stores.models import Employee, Store
from tests.conftest import SignIn


def test_the_page_counts_what_was_closed_and_each_number_opens_its_errands(
    card: Client, store: Store, seller: Employee, manager: Employee, signed_in: SignIn
) -> None:
    made, _new = errands.ask_for(card, store=store, occasion_key="x", reason="Новинки", due_on=store.today(), is_service=False)
    browser = signed_in(manager)
    assert browser.get("/calls/?period=month").context["total"].closed == 0
    errands.close(made, "agreed", by=seller, now=timezone.now())

    shown = browser.get("/calls/?period=month")

    assert (shown.context["total"].agreed, "мало данных" in shown.content.decode()) == (1, True)
    listed = [
        list(browser.get(f"/calls/{show}/?period=month&by=topic&key={key}").context["page"])
        for show, key in (("agreed", "other"), ("agreed", "care"), ("came", "other"))
    ]
    assert listed == [[made], [], []]
    assert browser.get("/calls/closed/?period=month&export=1").status_code == 200
    assert browser.get("/calls/lost/").status_code == 404
