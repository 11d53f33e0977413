"""The stop list in the back office."""

from messaging.models import StopEntry
from stores.models import Employee
from tests.conftest import SignIn

ENTRIES = "/backoffice/messaging/stopentry/"


def test_a_phone_is_put_on_the_stop_list_as_cards_have_it_and_found_there(admin: Employee, signed_in: SignIn) -> None:
    browser = signed_in(admin)

    browser.post(f"{ENTRIES}add/", {"recipient": "8 914 701-22-33", "reason": "просил по телефону"})

    assert StopEntry.objects.values_list("recipient", "reason").get() == ("+79147012233", "просил по телефону")
    found = [browser.get(ENTRIES, {"q": text}).context["cl"].result_count for text in ("7012233", "999")]
    assert found == [1, 0]
