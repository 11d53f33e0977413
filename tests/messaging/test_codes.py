"""One-time codes: guessed, replayed, stolen, asked for too often, at once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from messaging import codes, services
from messaging.codes import Caller
from messaging.models import Channel, CodePurpose, Message, MessageState, OneTimeCode, StopEntry
from stores.models import Employee
from tests.conftest import Decided, SignIn
from tests.factories import ClientFactory, email_of, phone_of
from tests.messaging.conftest import NOON as NOW
from tests.messaging.sending import asked, code_in
from tests.present import present
from tests.together import together

SIGN_IN = CodePurpose.SIGN_IN


def tried(card: Client, code: str, *, browser: str = "mine", at: datetime = NOW) -> bool:
    return codes.check(SIGN_IN, phone_of(card), code, browser=browser, now=at) is not None


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_opens_once(card: Client) -> None:
    code, _row = asked(card)

    assert [tried(card, code), tried(card, code)] == [True, False]


def test_only_a_digest_is_kept(card: Client) -> None:
    code, row = asked(card)
    row.refresh_from_db()

    assert code not in str(OneTimeCode.objects.values().get())
    assert len(row.digest) == 64


def test_five_tries_are_all(card: Client) -> None:
    code, row = asked(card)

    guessed = [tried(card, other(code)) for _n in range(5)]

    assert (guessed, tried(card, code)) == ([False] * 5, False)
    assert OneTimeCode.objects.get(pk=row.pk).tries == 5


def test_a_code_holds_five_minutes(card: Client) -> None:
    code, _row = asked(card)

    assert not tried(card, code, at=NOW + timedelta(minutes=5))


def test_a_code_is_the_browsers_that_asked(card: Client) -> None:
    code, _row = asked(card)

    assert [tried(card, code, browser="another"), tried(card, code, browser=""), tried(card, code)] == [False, False, True]


def test_a_stranger_who_asks_voids_nothing_and_leaves_the_counter_its_codes(card: Client) -> None:
    mine, _row = asked(card, browser="mine")
    for _n in range(3):
        codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, browser="stranger", now=NOW)

    assert codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, browser="stranger", now=NOW) is None
    assert codes.ask(CodePurpose.HAND_OUT, Channel.SMS, phone_of(card), client=card, subject="1", now=NOW) is not None
    assert codes.check(SIGN_IN, phone_of(card), mine, browser="mine", now=NOW) is not None


def test_known_and_unknown_cost_the_same(card: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with CaptureQueriesContext(connection) as known:
        codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, now=NOW)

    with django_assert_num_queries(len(known)):
        codes.ask(SIGN_IN, Channel.SMS, "+79140009999", client=None, now=NOW)


def test_a_new_code_voids_the_former(card: Client) -> None:
    former, _row = asked(card)
    code, _row = asked(card)

    assert (tried(card, former) and former != code, tried(card, code)) == (False, True)


def test_a_contact_gets_three_in_a_quarter_and_ten_a_day(card: Client) -> None:
    quarter = [codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, now=NOW) is not None for _n in range(4)]
    later = [
        codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, now=NOW + timedelta(minutes=20 * n)) is not None
        for n in range(1, 9)
    ]

    assert (quarter, later) == ([True] * 3 + [False], [True] * 7 + [False])


def test_all_together_get_so_many_an_hour_and_a_known_device_its_own(card: Client, decided: Decided) -> None:
    decided(codes_per_hour=2)
    known = Caller("device", is_known=True)

    made = [codes.ask(SIGN_IN, Channel.SMS, f"+7914000000{n}", client=card, now=NOW) is not None for n in range(3)]

    assert made == [True, True, False]
    assert codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, caller=known, now=NOW) is not None


def test_invented_numbers_spend_nobodys(card: Client, decided: Decided) -> None:
    decided(codes_per_hour=2)
    for number in range(5):
        codes.ask(SIGN_IN, Channel.SMS, f"+7914000000{number}", client=None, caller=Caller("stranger"), now=NOW)

    assert codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, now=NOW) is not None


def test_a_stranger_spends_nothing_of_a_clients(card: Client) -> None:
    def ask(caller: Caller) -> bool:
        return codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, caller=caller, now=NOW) is not None

    assert [ask(Caller("one")) for _time in range(4)] == [True] * 3 + [False]
    assert ask(Caller("mine"))
    assert [ask(Caller(f"many {number}")) for number in range(4)] == [True, True, False, False]
    assert [ask(Caller("device", is_known=True)) for _time in range(4)] == [True] * 3 + [False]


def test_nobodys_contact_makes_a_row_and_no_message(db: None) -> None:
    row = present(codes.ask(SIGN_IN, Channel.SMS, "+79140000001", client=None, browser="mine", now=NOW))

    assert (codes.send(row.pk, NOW), Message.objects.count()) == (None, 0)
    assert codes.check(SIGN_IN, row.recipient, "", browser="mine", now=NOW) is None


def test_a_code_is_urgent_and_sent_once(card: Client) -> None:
    _code, row = asked(card)

    assert codes.send(row.pk, NOW) is None
    assert Message.objects.values_list("lane", "recipient", "purpose").get() == ("urgent", card.phone, "")


def test_a_code_asked_for_again_by_email_is_another(card: Client) -> None:
    code, row = asked(card)

    again = present(codes.by_email(SIGN_IN, phone_of(card), browser="mine", now=NOW))
    letter = present(codes.send(again.pk, NOW))

    assert (letter.channel, letter.recipient, again.pk) == ("email", card.email, row.pk)
    assert tried(card, code) == (code == code_in(letter))  # once in a million they are the same
    assert tried(card, code_in(letter))
    assert codes.by_email(SIGN_IN, phone_of(card), browser="mine", now=NOW) is None


def test_a_code_whose_sms_failed_comes_by_email(card: Client) -> None:
    _code, _row = asked(card)
    Message.objects.update(state=MessageState.FAILED)

    assert (codes.fall_back(NOW), codes.fall_back(NOW)) == (1, 0)
    assert list(Message.objects.order_by("pk").values_list("channel", flat=True)) == ["sms", "email"]


def test_the_stop_list_holds_for_codes(card: Client) -> None:
    StopEntry.objects.create(recipient=phone_of(card))
    StopEntry.objects.create(recipient=email_of(card))
    row = present(codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, now=NOW))

    assert codes.send(row.pk, NOW) is None


def test_staff_never_read_a_code(card: Client, manager: Employee, signed_in: SignIn) -> None:
    code, _row = asked(card)
    message = Message.objects.get()
    browser = signed_in(manager)

    pages = [browser.get(f"/messages/{message.pk}/"), browser.get("/messages/"), browser.get(f"/clients/{card.pk}/")]

    assert [code in page.content.decode() for page in pages] == [False] * 3
    assert "••••••" in message.text_shown


def test_digits_leave_the_text_when_the_code_is_over(card: Client) -> None:
    code, _row = asked(card)

    assert (codes.scrub(NOW), codes.scrub(NOW + codes.LASTS), codes.scrub(NOW + codes.LASTS)) == (0, 1, 0)
    assert code not in Message.objects.get().text


def test_consents_do_not_matter(card: Client) -> None:
    _code, _row = asked(card)

    sent = services.send_due_messages("urgent", now=NOW)

    assert sent == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_right_posts_at_once_open_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("threads need PostgreSQL")
    card = ClientFactory.create()
    code, _row = asked(card)

    opened = together(*[lambda: tried(card, code)] * 4)

    assert sorted(opened) == [False, False, False, True]


def test_codes_of_days_ago_go_and_those_that_count_for_a_limit_stay(card: Client) -> None:
    codes.ask(SIGN_IN, Channel.SMS, phone_of(card), client=card, now=NOW)
    codes.ask(SIGN_IN, Channel.SMS, "+79140009999", client=None, now=NOW - timedelta(days=3))

    assert (codes.forget(NOW), OneTimeCode.objects.count()) == (1, 1)
