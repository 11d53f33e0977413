"""The worked examples of docs/loyalty.md, in both languages: their numbers are read from there and reckoned by the product."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from catalogue.kinds import PieceKind, Tariff
from loyalty import pricing
from loyalty.models import Certificate
from loyalty.pricing import UNIT, Benefit, Bill, Line, Offer, Refused, Rules, Standing
from purchases import services
from purchases.correcting import exchange
from purchases.models import Purchase, TenderKind
from purchases.payments import TenderLine
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.loyalty.conftest import certificate

NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
LANGUAGES = {"ru": "loyalty.md", "en": "loyalty.en.md"}
RULES, PERCENT = Rules(share=3_000), re.compile(r"(\d+) %")
Row = list[list[Decimal]]


def tables(name: str) -> list[list[list[str]]]:
    """The tables of a page: their rows without heads, as cells."""
    text = (Path(settings.BASE_DIR) / "docs" / name).read_text(encoding="utf-8")
    found = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [[[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]] for table in found]


def numbers(cell: str) -> list[Decimal]:
    """Of a cell, without its percents."""
    return [Decimal(one.replace(" ", "").replace(",", ".")) for one in NUMBER.findall(PERCENT.sub("", cell))]


def bill(
    tags: list[Decimal], offs: list[Decimal], has: int, wish: int | str, *, percent: int = 500, tier: int = 0, **more: object
) -> Bill:
    lines = [Line(int(tag * UNIT), int(off * UNIT)) for tag, off in zip(tags, [*offs, *[Decimal(0)] * len(tags)], strict=False)]
    return pricing.bill(lines, Standing(has, tier, percent), wish, RULES)  # type: ignore[arg-type]


def plain(told: Bill) -> Row:
    bonuses = [Decimal(line.bonus) / UNIT for line in told.lines]
    return [bonuses, [Decimal(told.to_pay) / UNIT], [Decimal(told.earns)]]


def ring(row: Row) -> Row:
    return plain(bill(row[0], [], int(row[1][0]), int(row[1][1])))


def marked_down(row: Row) -> Row:
    lines = [
        Line(int(row[0][0]) * UNIT),
        Line(int(row[0][1]) * UNIT),
        Line(int(row[0][2]) * UNIT, tariff=Tariff.MARKDOWN),
        Line(0),
    ]
    told = pricing.bill(lines, Standing(int(row[1][0]), 0, 500), "most", RULES)
    return [plain(told)[0], plain(told)[1], [Decimal(line.earns) for line in told.lines if line.earns]]


def three(row: Row) -> Row:
    return plain(bill(row[0] * 3, [], 50_000, int(row[1][0])))


def by_hand(row: Row) -> Row:
    first, off, second, other, third = row[0]
    told = bill([first, second, third], [off, other], 0, 0, percent=0, tier=500)
    return [[], [Decimal(line.paid) / UNIT for line in told.lines], []]


def old_gold(row: Row) -> Row:
    told = pricing.bill([Line(int(row[0][0]) * UNIT, scrap=int(row[0][1]) * UNIT)], Standing(0, 0, 500), 0, RULES)
    return [[], [Decimal(told.to_pay) / UNIT], [row[0][0] - row[0][1], Decimal(told.earns)]]


BILLS: list[Callable[[Row], Row]] = [ring, marked_down, three, by_hand, old_gold]


@pytest.mark.parametrize("name", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("at", range(len(BILLS)), ids=[one.__name__ for one in BILLS])
def test_a_bill(name: str, at: int) -> None:
    table = tables(name)[0]
    row = [numbers(cell) for cell in table[at]]

    assert row[2:] == BILLS[at](row)
    assert len(table) == len(BILLS)


RING_AND_CHAIN = [Line(20_000 * UNIT, kind=PieceKind.RING), Line(3_000 * UNIT, kind=PieceKind.CHAIN)]
ON_RINGS = frozenset({PieceKind.RING})
OFFERS = [
    Offer(Benefit.PERCENT, 1_000, kinds=ON_RINGS), Offer(Benefit.PERCENT, 1_000, kinds=ON_RINGS), Offer(Benefit.PERCENT, 1_000, kinds=ON_RINGS),
    Offer(Benefit.PERCENT, 1_000, kinds=ON_RINGS, with_tier=True), Offer(Benefit.SUM, 2_000 * UNIT, 20_000 * UNIT),
    Offer(Benefit.GIFT, 3_000 * UNIT, 20_000 * UNIT, frozenset({PieceKind.CHAIN})),
]  # fmt: skip


@pytest.mark.parametrize("name", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("at", range(len(OFFERS)))
def test_a_coupon(name: str, at: int) -> None:
    row = tables(name)[1][at]
    tier = int(said.group(1)) * 100 if (said := PERCENT.search(row[2])) else 0

    told = pricing.bill(RING_AND_CHAIN, Standing(discount=tier), 0, Rules(), OFFERS[at])

    taken = [Decimal(part) / UNIT for line in told.lines for part in (line.tier, line.right) if part]
    gift = OFFERS[at].benefit == Benefit.GIFT  # says "the chain whole"
    assert taken == ([Decimal(3_000)] if gift else numbers(row[3]))
    assert (told.refused == Refused.LESS) == (at == 2)


@pytest.mark.parametrize("name", LANGUAGES.values(), ids=LANGUAGES)
def test_certificates(name: str, store: Store, seller: Employee) -> None:
    table = [[numbers(cell) for cell in row] for row in tables(name)[2]]
    left = []
    for at, row in enumerate(table):
        one = certificate(store, int(row[0][0]))
        said = row[1] or table[at - 1][1]

        def sell(*sums: Decimal, rest: Decimal | None, one: Certificate = one) -> Purchase:
            tenders = [TenderLine(TenderKind.CARD, rest)] if rest else []
            lines = [PieceLine("R1", PieceKind.RING, price) for price in sums]
            return services.sell(
                lines, store=store, seller=seller, no_card_reason="declined", tenders=tenders, certificates=[one]
            )

        if at == 0:
            sell(said[0], rest=said[1])
        elif at == 1:
            sell(said[0], rest=None), sell(said[1], rest=None)
        elif at in (2, 3):
            made = sell(*said[:2], rest=said[2])
            back = list(made.pieces.order_by("pk"))
            services.return_pieces(made, back[1:] if at == 2 else back, by=seller)
        else:
            made = sell(said[0], rest=None)
            lines = [PieceLine("R2", PieceKind.RING, said[1])]
            pieces = list(made.pieces.all())
            exchange.exchange(
                made, pieces, lines, store=store, by=seller, tenders=[TenderLine(TenderKind.CARD, said[1] - said[0])]
            )
        one.refresh_from_db()
        left.append([one.left])

    assert left == [row[3] for row in table]
