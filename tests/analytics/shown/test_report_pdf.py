"""The report on paper: one page whatever is known."""

from datetime import date

import pytest
from django.utils import translation

from analytics.figures import returning
from analytics.shown import report_pdf
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("is_sold", [True, False])
def test_it_fits_on_one_page(card: Client, sell: Sell, store: Store, language: str, is_sold: bool) -> None:
    if is_sold:
        sell(card, date(2026, 1, 5), 100)
        sell(card, date(2026, 3, 5), 20_000)
        sell(ClientFactory.create(), date(2026, 3, 6), 6_000)
    months = returning.months(LAST, count=13)

    with translation.override(language):
        page = report_pdf.pdf(returning.returning_report(FIRST, LAST), months, store)

    assert (page[:5], page.count(b"/Type /Page\n")) == (b"%PDF-", 1)
