"""A certificate on paper."""

from loyalty.certificates import printed
from stores.models import Store
from tests.loyalty.conftest import certificate


def test_it_is_one_page(store: Store) -> None:
    made = printed.pdf(certificate(store))

    assert (made[:5], made.count(b"/Type /Page\n")) == (b"%PDF-", 1)
