"""A little Markdown: what it may say, what stays text, and where it may lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from campaigns.letters import wording


def test_bold_words_links_and_lists_have_their_styles() -> None:
    html = wording.html_of("Мы **рады** *вам*:\n\n- раз\n- [два](https://example.ru/a?b=1&c=2)")

    assert "<strong>рады</strong> <em>вам</em>" in html
    assert 'href="https://example.ru/a?b=1&amp;c=2"' in html
    assert (html.count("style="), html.count("<li")) == (5, 2)


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "<img src=x onerror=1>", "[x](javascript:alert(1))", "![x](https://example.ru/pixel.gif)", "`<b>`",
    "<!--own-->", "[x](data:text/html,1)", "# <b>x</b>",
])  # fmt: skip
def test_all_else_is_text(text: str) -> None:
    html = wording.html_of(text)

    assert not any(f"<{tag}" in html for tag in ("script", "img", "b>", "code", "!--", "h1"))
    assert 'href="javascript' not in html


@given(st.text(alphabet="<>&\"'`*_[]()!#-{}\\ абв:/\n", max_size=60))
def test_no_tag_but_ours_is_ever_made(text: str) -> None:
    import re

    tags = set(re.findall(r"<\s*/?\s*([a-z!]+)", wording.html_of(text)))

    assert tags <= {"p", "strong", "em", "a", "ul", "ol", "li", "br"}


def test_plain_text_reads_without_marks() -> None:
    text = "Мы **рады**\nвам\n\n- раз\n- два\n\n1. три\n2. четыре\n\n[сайт](https://example.ru/)"

    said = wording.plain_of(text).split("\n\n")

    assert said == ["Мы рады\nвам", "— раз", "— два", "1. три", "2. четыре", "сайт: https://example.ru/"]


@pytest.mark.parametrize(("text", "wrong"), [
    ("[x](https://crm.example.ru/a)", 0), ("[x](https://shop.crm.example.ru)", 0), ("https://crm.example.ru/a", 0), ("Приходите. Ждём", 0),
    ("[x](https://evil.ru/)", 1), ("[x](https://crm.example.ru.evil.ru/)", 1), ("[x](https://crm.example.ru@evil.ru/)", 1), ("evil.ru", 1),
    ("[x](/a)", 1), ("[x](mailto:a@b.ru)", 1), ("[evil.ru](https://crm.example.ru/)", 1), ("[x](https://crm.example.ru/{name})", 0),
])  # fmt: skip
def test_links_lead_to_the_chains_own_pages(settings: Settings, text: str, wrong: int) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://crm.example.ru", []

    assert len(wording.wrong_links(text)) == wrong


@pytest.mark.parametrize(
    "address", ["", "x", "//crm.example.ru/", "ftp://crm.example.ru/", "https://crm.example.ru/{name}", "https://[/"]
)
def test_a_button_has_a_whole_address(settings: Settings, address: str) -> None:
    settings.SITE_URL = "https://crm.example.ru"

    assert wording.wrong_address(address)
