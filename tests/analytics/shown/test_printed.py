"""The text that the chain prints: sentences of what can be said, on one page."""

from datetime import date

from django.utils import translation

from analytics.figures import returning
from analytics.figures.returning import ReturningReport
from analytics.shown import printed
from clients.models import Client
from stores import rules
from stores.models import Store
from stores.texts.writing import NBSP
from tests.conftest import Sell
from tests.factories import ClientFactory


def march() -> ReturningReport:
    return returning.returning_report(date(2026, 3, 1), date(2026, 3, 31))


def in_english(report: ReturningReport) -> list[str]:
    with translation.override("en"):
        return [text.replace(NBSP, " ") for text in printed.paragraphs(report)]


def test_a_month_in_sentences(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 100)
    sell(card, date(2026, 3, 5), 20_000, 10_000)
    newcomer = ClientFactory.create()
    sell(newcomer, date(2026, 3, 6), 6_000)
    sell(newcomer, date(2026, 3, 7), 4_000)

    assert in_english(march()) == [
        "Regular clients bought 50 % of the pieces and brought 75.0 % of the revenue.",
        "In all 4 pieces for 40 000 ₽, of them 2 by regulars and 2 by newcomers.",
        "A regular's piece costs 15 000 ₽ on average, a newcomer's 5 000 ₽: 200 % dearer.",
        "A regular buys 0 % more pieces.",
        "Of the newcomers' pieces 100 %, and 100.00 % of their revenue, are of those who came again at once.",
        "Records of one client over twelve months: 2 pieces and 30 000 ₽ in a month, 3 and 30 100 ₽ in all.",
    ]


def test_what_cannot_be_said_is_left_out(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 100)
    sell(card, date(2026, 3, 5), 20_000, 10_000)

    assert [text.split(",")[0] for text in in_english(march())] == [
        "Regular clients bought 100 % of the pieces and brought 100.0 % of the revenue.",
        "In all 2 pieces for 30 000 ₽",
        "Records of one client over twelve months: 2 pieces and 30 000 ₽ in a month",
    ]


def test_a_month_without_sales_says_so(db: None) -> None:
    assert in_english(march()) == ["Nothing was sold with a card on these days."]


def test_the_title_tells_the_days_and_whose_they_are(store: Store) -> None:
    report = march()

    assert printed.title(report, store) == f"Кто возвращается: 1 марта 2026 – 31 марта 2026, {store}"
    assert printed.title(report, None).endswith(rules.current().chain_name)
