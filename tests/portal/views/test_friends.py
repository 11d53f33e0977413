"""What a link of a friend opens."""

from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client
from loyalty import codes, selectors
from loyalty.models import ReferralTerms
from stores.chain_day import day_of
from tests.factories import email_of, phone_of


def test_the_link_shows_the_code_and_nothing_of_whose_it_is(client: Browser, card: Client) -> None:
    ReferralTerms.objects.create(since=day_of(timezone.now()), for_referrer=500, for_friend=300, floor=5_000)
    code = selectors.code_of_friend(card.pk)

    page = client.get(f"/friend/{code}/")

    told = page.content.decode()
    assert (page.status_code, codes.shown(code) in told, "<svg" in told) == (200, True, True)
    assert "500 бонусов" in told
    assert all(secret not in told for secret in (card.first_name, card.last_name, phone_of(card), email_of(card)))
    assert "no-store" in page["Cache-Control"]


def test_a_code_of_nobody_and_a_chain_without_terms_are_not_found(client: Browser, card: Client) -> None:
    assert [client.get(f"/friend/{code}/").status_code for code in (selectors.code_of_friend(card.pk), "ABCDEFG")] == [404, 404]
