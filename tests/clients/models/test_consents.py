"""Words of clients: they only grow, and the newest holds."""

import pytest

from clients.models import AppendOnlyError, Client, Consent, Purpose


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
