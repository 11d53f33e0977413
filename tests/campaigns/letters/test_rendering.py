"""How a letter looks: pictures across and in pairs, prices, dark ink, and no more than mailboxes take."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from campaigns.letters import rendering
from campaigns.letters.blocks import Block, Kind
from campaigns.letters.rendering import Facts
from tests.campaigns.shelf import Shelf

FACTS = Facts("{first_name}, новинки", "Новая коллекция", "Новинки")


def test_a_letter_says_all_of_its_blocks(shelf: Shelf) -> None:
    shelf("R1-1", "R2-2")
    made = [
        Block(Kind.PICTURE, "Свет & тень", "r1-1"), Block(Kind.HEADING, "{name}, <b>новое</b>"), Block(Kind.TEXT, "Мы **рады**."),
        Block(Kind.ARTICLES, articles="R1-1, R2-2"), Block(Kind.BUTTON, "Смотреть", address="https://crm.example.ru/?a=1&b=2"),
    ]  # fmt: skip

    page = rendering.page_of(made, FACTS)

    for words in ("{name}, &lt;b&gt;новое&lt;/b&gt;", "<strong>рады</strong>", "Свет &amp; тень", "Кольцо R2-2", "45\xa0000\xa0₽",
                  "белое золото 585<br>R2-2", 'href="https://crm.example.ru/?a=1&amp;b=2"', "{letter_stop}", "{letter_topics}"):  # fmt: skip
        assert words in page.html
    assert page.text.split("\n\n")[1:3] == ["{name}, <b>новое</b>", "Мы рады."]
    assert "Кольцо R1-1 — белое золото 585 — R1-1 — 45\xa0000\xa0₽" in page.text
    assert page.size < 20_000


@pytest.mark.parametrize(("count", "across", "beside"), [(1, 1, 0), (2, 0, 2), (3, 1, 2), (4, 0, 4)])
def test_an_odd_piece_stands_across(shelf: Shelf, count: int, across: int, beside: int) -> None:
    codes = [f"R{number}-1" for number in range(count)]
    shelf(*codes)

    html = rendering.page_of([Block(Kind.ARTICLES, articles=",".join(codes))], FACTS).html

    assert (html.count('width="600"\nalt'), html.count('width="250"')) == (across, beside)


def test_nothing_is_fetched_but_photos_and_nothing_follows_the_reader(shelf: Shelf) -> None:
    shelf("R1-1")

    html = rendering.page_of([Block(Kind.PICTURE, articles="R1-1")], FACTS).html

    assert set(re.findall(r'src="([^"]{0,16})', html)) == {"{letter_site}/p/"}
    assert ("<script" in html, "<link" in html, "url(" in html) == (False, False, False)


def test_what_is_not_in_the_catalogue_is_not_shown(db: None) -> None:
    page = rendering.page_of([Block(Kind.ARTICLES, articles="R9-9, ?")], FACTS)

    assert ("<img" in page.html, page.text) == (False, "")


def test_a_letter_is_seen_in_each_theme(db: None) -> None:
    html = rendering.page_of([], FACTS).html

    assert [rendering.as_seen(html, theme).count(rendering.DARK) for theme in ("dark", "light")] == [0, 0]
    assert ("@media all" in rendering.as_seen(html, "dark"), "@media not all" in rendering.as_seen(html, "")) == (True, True)


@pytest.mark.parametrize("count", [1, 4])
def test_a_letter_costs_one_query(shelf: Shelf, count: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    codes = [f"R{number}-1" for number in range(count)]
    shelf(*codes)
    rendering.page_of([], FACTS)

    with django_assert_max_num_queries(1):
        rendering.page_of([Block(Kind.ARTICLES, articles=code) for code in codes], FACTS)
