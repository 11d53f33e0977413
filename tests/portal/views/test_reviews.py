"""The client's one question, by a personal link."""

from datetime import timedelta

from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client
from messaging.models import Errand
from portal import reviews
from portal.models import Review
from tests.factories import email_of, phone_of


def test_the_link_needs_no_sign_in_and_tells_nothing(asked: Review, client: Browser, card: Client) -> None:
    address = f"/r/{asked.token}/"

    page = client.get(address)
    refused = client.post(address, {"words": "забыл число"})
    thanks = client.post(address, {"score": "2", "words": "плохо"}, follow=True)

    told = page.content.decode()
    assert "Елена" in told
    assert all(secret not in told for secret in (card.last_name, phone_of(card), email_of(card), card.phone_shown))
    assert refused.status_code == 422
    assert "забыл число" in refused.content.decode()
    assert thanks.status_code == 200
    assert Errand.objects.count() == 1


def test_a_link_that_is_not_ours_is_not_found(client: Browser, db: None) -> None:
    assert client.get("/r/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_after_its_day_an_answer_is_thanked_for_and_kept_as_it_was(asked: Review, client: Browser) -> None:
    reviews.answer(asked.token, 9, "хорошо", now=timezone.now() - timedelta(days=2))

    late = client.post(f"/r/{asked.token}/", {"score": "1", "words": "плохо"})

    assert (late.status_code, list(late.context["form"].errors)) == (422, ["__all__"])
    assert Review.objects.values_list("score", "words").get() == (9, "хорошо")


def test_the_link_of_somebody_without_a_name_is_not_found(asked: Review, client: Browser, card: Client) -> None:
    Client.objects.filter(pk=card.pk).update(first_name="", state="incomplete")

    assert client.get(f"/r/{asked.token}/").status_code == 404
