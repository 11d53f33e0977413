"""What companions bring, counted receipt by receipt: the same as the page says, and a planted difference is found."""

from datetime import date
from random import Random
from typing import Any

import pytest

from analytics import recount
from analytics.figures import companions
from analytics.figures.periods import Period
from analytics.raw_companions import RawCompanions
from catalogue.models import Article
from catalogue.reading import article_key
from purchases.companions import finding
from purchases.models import ArticleWriting, Companion, Piece
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.purchases.companions.conftest import buy

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
ARTICLES = ("R-1", "R-2", "E-1", "E-2", "C-1", "B-1")


def pair(by: Employee, **sides: Any) -> None:
    Companion.objects.create(**{"origin": "hand", "made_by": by, "first_on": date(2026, 4, 1), **sides})


@pytest.fixture
def _offered(admin: Employee, store: Store, other_store: Store) -> None:
    """Pairs of every sort, some of which begin or end within the month, and 80 clients who buy by chance."""
    chance = Random(3)
    for text, kind, collection in (("R-1", "ring", "Аврора"), ("E-1", "earrings", "Аврора"), ("E-2", "earrings", "")):
        Article.objects.create(key=article_key(text), article=text, kind=kind, collection=collection, price=1)
    pair(admin, base_article=article_key("R-2"), with_article=article_key("E-2"), first_on=date(2026, 5, 10))
    pair(admin, base_kind="ring", base_collection="Аврора", with_kind="earrings", with_collection="Аврора")
    pair(admin, base_kind="chain", with_kind="bracelet", ended_on=date(2026, 5, 20))
    pair(admin, base_kind="bracelet", with_kind="bracelet", first_on=date(2026, 5, 15))
    for _client in range(80):
        client = ClientFactory.create()
        for _receipt in range(chance.randrange(1, 4)):
            texts = chance.choices(ARTICLES, k=chance.randrange(1, 4))
            day = date(2026, 5, chance.randrange(1, 32))
            buy(client, chance.choice((store, other_store)), *texts, on=day, price=chance.randrange(1, 90) * 100)
    back = list(Piece.objects.order_by("pk").values_list("pk", flat=True)[::9])
    Piece.objects.filter(pk__in=back).update(returned_on=MAY.last)
    finding.read_writings(MAY.first)


def differing() -> set[str]:
    return {value.figure for value in recount.companions_compared(RawCompanions(*MAY), MAY) if not value.agrees}


@pytest.mark.usefixtures("_offered")
def test_both_roads_agree(store: Store) -> None:
    raw = RawCompanions(*MAY)

    assert differing() == set()
    for scope in (None, store.pk):
        told = raw.arms(scope)
        assert all(told[name] for name in ("shown.clients", "shown.added", "unseen.clients", "unseen.average")), told


@pytest.mark.usefixtures("_offered")
def test_what_is_planted_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for right, wrong, found in (
        ("l.sold_on < c.ended_on", "l.sold_on <= '2030-01-01'", "companions shown.clients"),
        ("AND l.piece <> o.piece", "", "companions shown.added"),
        ("c.base_collection IN ('', l.collection)", "c.base_collection = ''", "companions shown.clients"),
        ("x.returned_on IS NULL", "x.id > 0", "companions shown.average"),
        ("l.kind = o.with_kind", "l.kind <> o.with_kind", "companions unseen.added"),
    ):
        with monkeypatch.context() as planting:
            asked = vars(companions)["_RECEIPTS"]
            assert right in asked
            planting.setattr(companions, "_RECEIPTS", asked.replace(right, wrong))
            assert found in differing(), right
    ArticleWriting.objects.update(key="OTHER")
    assert "companions shown.added" in differing()


def test_where_nothing_is_offered_no_receipt_is_read(django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(3):
        assert RawCompanions(*MAY).arms(None)["shown.average"] is None
