"""Words of clients: they only grow, and the newest holds."""

import pytest

from clients.models import AppendOnlyError, Client, Consent, ConsentText, Purpose


def test_consents_are_append_only(card: Client) -> None:
    consent = Consent.objects.create(client=card, purpose=Purpose.CALLS, given=True, at="2026-01-01T00:00Z")

    with pytest.raises(AppendOnlyError):
        consent.save()
    with pytest.raises(AppendOnlyError):
        consent.delete()

    assert Consent.objects.get().given is True


def test_the_newest_word_on_a_purpose_holds(card: Client) -> None:
    for given in (True, False):
        Consent.objects.create(client=card, purpose=Purpose.CALLS, given=given, at="2026-01-01T00:00Z")

    assert list(Client.objects.agreed_to(Purpose.CALLS)) == []


@pytest.mark.django_db
def test_a_new_chain_asks_in_words_that_are_for_anybody() -> None:
    texts = ConsentText.objects.filter(purpose=Purpose.CALLS).values_list("version", "text")

    assert list(texts) == [(1, "Даю согласие на звонки о моих изделиях и о предложениях магазина.")]
