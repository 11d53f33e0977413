"""The stop list, as cards have phones and addresses."""

from messaging.models import StopEntry


def test_the_stop_list_of_the_back_office_takes_a_phone_in_any_writing() -> None:
    entry = StopEntry(recipient="8 914 701-22-33")
    entry.clean()

    assert entry.recipient == "+79147012233"
