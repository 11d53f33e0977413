"""What the seller is told of a certificate that pays for nothing."""

import pytest

from loyalty.certificates.acts import CertificateRefusedError
from loyalty.certificates.words import words_of
from loyalty.models import NotGood
from stores.models import Store
from tests.loyalty.conftest import certificate


@pytest.mark.parametrize("why", [why for why in NotGood if why])
def test_every_reason_has_its_words(why: NotGood) -> None:
    assert words_of(CertificateRefusedError(why)).endswith(".")


def test_who_can_prolong_it_is_said(store: Store) -> None:
    assert words_of(CertificateRefusedError(NotGood.LATE, certificate(store))) == (
        "Сертификат действовал до 05.05.2027. Продлить его может управляющий."
    )
