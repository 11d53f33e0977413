"""Articles and stock that 1C sends, and what it is answered."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from catalogue.models import Article, Stock
from exchange.documents.rows import MOST_ARTICLES
from exchange.models import Meaning, Source, Subject
from stores.models import Employee, Store
from tests.exchange.conftest import MakeTill, Till

RING = {"article": "R5387-6925", "name": "Кольцо", "metal": "Au 585", "sizes": ["17", "16,5"], "price": "138795.00"}
KINDS = "ring, earrings, pendant, necklace, chain, bracelet, brooch, watch, other"
SUM_RU = 'это сумма от 0, с точкой и не больше чем с двумя знаками после неё: "118795.00" (1000,00)'
SUM_EN = 'is a sum from 0 up, with a point and at most two digits after it: "118795.00" (1000,00)'
RUSSIAN, ENGLISH = {"Accept-Language": "ru"}, {"Accept-Language": "en"}


@pytest.fixture
def base(make_till: MakeTill) -> Till:
    """A 1C base that fills the catalogue and may do nothing else."""
    return make_till("1C", may_fill=True, may_send=False, may_quote=False, may_look_up=False)


def put(till: Till, what: str, said: Any, **headers: str) -> Any:
    body = said if isinstance(said, str | bytes) else json.dumps(said)
    return till.browser.put(f"/api/{what}/", body, content_type="application/json", headers=headers)


def articles(till: Till, *rows: Any, **headers: str) -> Any:
    return put(till, "articles", {"articles": rows}, **headers)


def stock(till: Till, *rows: Any, whole: Any = (), **headers: str) -> Any:
    return put(till, "stock", {"stock": rows, "whole": list(whole)}, **headers)


def lies(pieces: Any = 2, **more: Any) -> dict[str, Any]:
    return {"article": "R5387-6925", "store": "luxury", "size": "17", "pieces": pieces, **more}


def counts() -> list[Any]:
    return list(Stock.objects.order_by("size", "store").values_list("size", "store__code", "count"))


def test_an_article_is_made_once_and_then_changed(base: Till) -> None:
    told = [articles(base, RING), articles(base, RING), articles(base, {"article": " r5387-6925 ", "price": "99.00"})]

    assert [{name: answer.json()[name] for name in ("created", "changed", "unchanged")} for answer in told] == [
        {"created": 1, "changed": 0, "unchanged": 0}, {"created": 0, "changed": 0, "unchanged": 1},
        {"created": 0, "changed": 1, "unchanged": 0},
    ]  # fmt: skip
    kept = Article.objects.get()
    assert (kept.kind, kept.metal, kept.fineness, kept.sizes, kept.price) == ("ring", "gold", 585, ["16.5", "17"], 99)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (RUSSIAN, [f"price: {SUM_RU}", f"kind: слово «посуда» никому не известно; известны {KINDS}", "article: нет этого поля",
                   "article: нет этого поля", "article: нет ни буквы, ни цифры"]),
        (ENGLISH, [f"price: {SUM_EN}", f"kind: nobody knows “посуда”; known are {KINDS}", "article: is missing",
                   "article: is missing", "article: has neither a letter nor a digit"]),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_read_are_said_and_the_others_written(base: Till, headers: dict[str, str], said: list[str]) -> None:
    wrong = [
        {"article": "A1", "price": "1000,00"},
        {"article": "A2", "kind": "посуда"},
        {"name": "Кольцо"},
        7,
        {"article": "\u200b"},
    ]

    told = articles(base, *wrong, RING, **headers).json()

    assert [row["say"] for row in told["refused"]] == said
    assert [(row["at"], row["article"]) for row in told["refused"]][:3] == [
        ("articles[0]", "A1"), ("articles[1]", "A2"), ("articles[2]", ""),
    ]  # fmt: skip
    assert (told["rows"], told["created"], list(Article.objects.values_list("article", flat=True))) == (6, 1, ["R5387-6925"])


def test_a_list_of_which_nothing_can_be_read_is_refused(base: Till) -> None:
    answer = articles(base, {"article": "A1", "metal": "тантал"}, {"article": "A2", "fineness": "?"})

    assert (answer.status_code, [one["at"] for one in answer.json()["errors"]]) == (422, ["articles[0]", "articles[1]"])
    assert Article.objects.count() == 0


def test_a_kind_that_a_person_has_explained_is_known(base: Till, admin: Employee) -> None:
    Meaning.objects.create(subject=Subject.KIND, word="посуда", kind="other", by=admin)

    assert articles(base, {"article": "R2", "kind": "Посуда"}).json()["created"] == 1
    assert Article.objects.get().kind == "other"


def test_the_later_row_of_an_article_holds(base: Till) -> None:
    told = articles(base, RING, {**RING, "price": "1.00"}).json()

    assert (told["rows"], told["created"], told["repeated"], Article.objects.get().price) == (2, 1, 1, 1)


def test_stock_is_told_and_told_again(base: Till, store: Store) -> None:
    articles(base, RING)

    told = [stock(base, lies()).json(), stock(base, lies()).json(), stock(base, lies(0)).json()]

    assert [(one["changed"], one["unchanged"], one["refused"]) for one in told] == [(1, 0, []), (0, 1, []), (1, 0, [])]
    assert counts() == [("17", "luxury", 0)]


def test_counts_that_cannot_be_taken_are_said_and_the_others_written(base: Till, store: Store) -> None:
    articles(base, RING)

    told = stock(
        base, lies(-1), lies(store="нигде"), lies(article="R1"), lies(2), lies(3), lies("1.5"), lies(7, size="18"), **ENGLISH
    ).json()  # fmt: skip

    assert [(row["at"], row["say"]) for row in told["refused"]] == [
        ("stock[0]", "pieces: is a whole number of pieces from 0 up (-1)"), ("stock[1]", "store: the store is not known (нигде)"),
        ("stock[2]", "article: the catalogue does not have it; send it first"),
        ("stock[4]", "pieces: stock[3] says another number; add them up in one row"),
        ("stock[5]", "pieces: is a whole number of pieces from 0 up (1.5)"),
    ]  # fmt: skip
    assert (told["rows"], told["changed"], counts()) == (7, 2, [("17", "luxury", 2), ("18", "luxury", 7)])


def test_of_a_whole_store_the_rest_lies_there_no_more(base: Till, store: Store) -> None:
    articles(base, RING)
    stock(base, lies(), lies(size="18"))

    told = stock(base, lies(), whole=["luxury"]).json()

    assert (told["cleared"], told["whole"], counts()) == (1, ["luxury"], [("17", "luxury", 2), ("18", "luxury", 0)])


@pytest.mark.parametrize("row", [lies(-1, size="18"), lies(store="nowhere")])
def test_nothing_is_cleared_while_a_row_is_not_understood(base: Till, store: Store, row: dict[str, Any]) -> None:
    articles(base, RING)
    stock(base, lies(), lies(size="18"))

    told = stock(base, lies(), row, whole=["luxury"]).json()

    assert (told["cleared"], told["whole"], counts()) == (0, [], [("17", "luxury", 2), ("18", "luxury", 2)])


def test_a_source_of_one_store_tells_of_no_other(make_till: MakeTill, store: Store, other_store: Store) -> None:
    base = make_till("1C", may_fill=True, store=store)
    articles(base, RING)

    foreign = lies(store=other_store.code)
    answers = [stock(base, foreign), stock(base, lies(), whole=[other_store.code])]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert (answers[1].json()["error"], counts()) == ("unknown_other_store", [])


@pytest.mark.parametrize("what", ["articles", "stock"])
def test_a_till_may_not_fill_the_catalogue(till: Till, store: Store, what: str) -> None:
    answer = put(till, what, {"articles": [RING], "stock": [lies()]})

    assert (answer.status_code, answer.json()["error"], Article.objects.count()) == (403, "not_allowed", 0)


@pytest.mark.parametrize("what", ["articles", "stock"])
@pytest.mark.parametrize(
    "said", ["", "{", "[]", "null", b"\xff\x00", "[" * 100_000, {}, {"articles": [], "stock": []}, {"articles": 1, "stock": {}}]
)
def test_what_is_no_list_is_refused_in_words(base: Till, what: str, said: Any) -> None:
    answer = put(base, what, said)

    assert (answer.status_code, answer.json()["error"]) == (422, "invalid")


def test_a_key_for_the_catalogue_may_do_nothing_else(db: None) -> None:
    out = StringIO()
    call_command("api_key", "1C", "--for", "catalogue", stdout=out)
    till = Till(Source.objects.get(), Browser(headers={"Authorization": f"Bearer {out.getvalue().strip()}"}))

    assert (articles(till, RING).status_code, till.send({}).status_code, till.ask({}).status_code) == (200, 403, 403)


def test_a_source_that_is_there_keeps_what_it_may(till: Till) -> None:
    call_command("api_key", till.source.name, "--for", "catalogue", stdout=StringIO())

    till.source.refresh_from_db()
    assert (till.source.may_fill, till.source.may_send) == (True, True)


def test_a_longer_list_is_to_be_sent_in_parts(base: Till, settings: Any) -> None:
    long = articles(base, *[{"article": f"R{number}"} for number in range(MOST_ARTICLES + 1)], **ENGLISH)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    heavy = articles(base, RING)

    assert (long.status_code, heavy.status_code, Article.objects.count()) == (422, 413, 0)
    assert long.json()["errors"][0]["say"].startswith("is a list with 1 to 2000 parts")


def test_many_rows_cost_no_more_queries_than_one(base: Till, store: Store, django_assert_num_queries: Any) -> None:
    articles(base, RING)

    for rows in (1, 3):
        with django_assert_num_queries(14):
            stock(base, *[lies(size=f"{10 * rows + number}") for number in range(rows)])
