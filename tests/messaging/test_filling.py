"""The page of a letter filled for a reader: values are text, and what nobody knows leaves no hole."""

import pytest

from messaging.filling import fill_page, for_anybody


@pytest.mark.parametrize(("html", "name", "filled"), [
    ("<p>{name}, приглашаем</p>", "Анна", "<p>Анна, приглашаем</p>"),
    ("<p>{name}, приглашаем</p>", "", "<p>Приглашаем</p>"),
    ("<p>Для {name}</p>", "", "<p>Для </p>"),
    ("<p>Ждём, {name} и всех</p>", "", "<p>Ждём, и всех</p>"),
    ("<p>{name}</p>", "<b>&\"", "<p>&lt;b&gt;&amp;&quot;</p>"),
    ("<style>.a{color:red} .b{}</style>{other}", "Анна", "<style>.a{color:red} .b{}</style>{other}"),
    ("{name}", "{name}", "{name}"),
])  # fmt: skip
def test_a_page_is_filled(html: str, name: str, filled: str) -> None:
    assert fill_page(html, {"name": name}) == filled


def test_what_is_the_readers_own_is_nobody_elses() -> None:
    assert for_anybody("<p>Все</p><!--own--><a>Отписаться</a>\n<!--/own--><p>!</p>") == "<p>Все</p><p>!</p>"
