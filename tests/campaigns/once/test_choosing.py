"""Who is chosen by what way, and who is left out and why."""

from collections.abc import Callable
from datetime import timedelta

from campaigns import touching
from campaigns.models import Campaign
from campaigns.once import choosing
from campaigns.touching import Chosen
from clients.models import Client
from messaging import errands
from messaging.models import Pause, StopEntry, Topic, TurnedOff
from stores.models import Employee, Store
from tests.campaigns.once.conftest import NOON, TODAY, Draft
from tests.factories import email_of

Agreed = Callable[..., Client]


def told(campaign: Campaign) -> dict[int, str]:
    """By client: the way, or why not."""
    return {one.client: one.way or one.reason for one in choosing.rows(choosing.choose(campaign, now=NOON))}


def test_a_client_is_called_else_written_to_as_they_agreed(draft: Draft, agreed: Agreed) -> None:
    both, sms, letters, nothing = (
        agreed("calls", "advertising_sms"),
        agreed("advertising_sms"),
        agreed("advertising_email"),
        agreed(),
    )

    said = told(draft(letter="Приглашаем", subject="Новое"))

    assert said == {both.pk: "call", sms.pk: "sms", letters.pk: "email", nothing.pk: "consent"}


def test_who_is_stopped_paused_or_unheard_is_left_out(draft: Draft, agreed: Agreed, store: Store, seller: Employee) -> None:
    stopped, paused, unheard = (agreed("calls") for _each in range(3))
    StopEntry.objects.create(recipient=stopped.phone)
    Pause.objects.create(client=paused, reason="!", by=seller)
    errands.ask_for(unheard, store=store, occasion_key="x", reason="!", due_on=TODAY, is_service=True, topic="complaint")

    assert told(draft(text="")) == {stopped.pk: "stop", paused.pk: "pause", unheard.pk: "complaint"}


def test_who_was_chosen_lately_or_waits_for_a_call_is_busy(draft: Draft, agreed: Agreed, store: Store) -> None:
    lately, before, called = (agreed("calls") for _each in range(3))
    for client, days in ((lately, 13), (before, 14)):
        touching.write("other", [Chosen(client.pk, "1", TODAY - timedelta(days=days))], phase="1", holdout=0)
    errands.ask_for(called, store=store, occasion_key="x", reason="!", due_on=TODAY + timedelta(days=60), is_service=False)

    assert told(draft()) == {lately.pk: "busy", before.pk: "call", called.pk: "busy"}


def test_a_call_needs_a_store(draft: Draft, agreed: Agreed) -> None:
    client = agreed("calls", home_store=None)

    assert [told(draft()), told(draft(store=None, text=""))] == [{client.pk: "call"}, {client.pk: "road"}]


def test_a_question_means_its_stores_its_words_and_those_who_were_ticked(
    draft: Draft, agreed: Agreed, other_store: Store, store: Store
) -> None:
    mine, foreign = agreed("calls", last_name="Жукова"), agreed("calls", home_store=other_store, last_name="Белова")
    of_store = draft()
    of_store.stores.set([store])

    questions = [of_store, draft(question={"ticked": [foreign.pk]}), draft(question={"definition": [], "words": "Жукова"})]

    assert [list(told(one)) for one in questions] == [[mine.pk], [foreign.pk], [mine.pk]]


def test_who_turned_the_topic_off_is_left_out_of_a_newsletter_about_it(newsletter: Draft, agreed: Agreed) -> None:
    wants, another, none, silent = (agreed("advertising_email") for _each in range(4))
    campaign = newsletter()
    TurnedOff.objects.create(client=another, topic=Topic.objects.get(key="care"))
    TurnedOff.objects.create(client=none, topic=Topic.objects.get(key="new"))
    TurnedOff.objects.create(client=silent, topic=Topic.objects.get(key="new"))
    StopEntry.objects.create(recipient=email_of(silent))

    assert told(campaign) == {wants.pk: "email", another.pk: "email", none.pk: "topic", silent.pk: "stop"}
