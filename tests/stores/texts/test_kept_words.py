"""Words are kept as what is to be said, and each reader reads them in their own language."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from exchange.models import Pull, Source
from stores.texts.kept_words import SaidError, Words, joined, words

TOKEN = "the token is refused (%(status)s): make a new one in MoySklad"


def both(said: Words | str) -> tuple[str, str]:
    with translation.override("ru"):
        russian = str(said)
    with translation.override("en"):
        return russian, str(said)


def test_what_is_kept_is_worded_for_whoever_reads() -> None:
    said = words(TOKEN) % {"status": 401}

    assert both(Words.of_text(said.as_text())) == both(said)
    assert both(said)[1] == "the token is refused (401): make a new one in MoySklad"


def test_words_go_into_words_and_after_each_other() -> None:
    inner = words("“%(said)s” is no number of pieces") % {"said": "пять"}
    said = joined("; ", ["a", words("store: %(say)s") % {"say": inner}, gettext_lazy("is missing")]) + " (b)"

    assert both(Words.of_text(said.as_text()))[1] == "a; store: “пять” is no number of pieces; is missing (b)"


def test_a_lazy_message_is_kept_as_one_and_one_of_a_context_as_its_text() -> None:
    with translation.override("en"):
        said = joined(" ", [gettext_lazy("is missing"), pgettext_lazy("document", "waits")])

    assert both(said) == ("нет этого поля waits", "is missing waits")


@pytest.mark.parametrize("text", ["", "503 Bad Gateway", "words:[", 'words:[{"say":"%(x)s"}]', "100 % готово"])
def test_a_text_stays_a_text(text: str, db: None) -> None:
    pull = Pull.objects.create(source=Source.objects.create(name="МойСклад"), since="2026-05-05T00:00Z", words=text)

    pull.refresh_from_db()

    assert both(pull.words) == (text, text)
    assert list(Pull.objects.filter(words=text).values_list("pk")) == [(pull.pk,)]


def test_words_that_do_not_fit_their_facts_are_shown_as_they_are() -> None:
    assert str(Words([{"say": "%(known)s %(unknown)s", "with": {"known": 1}}])) == "%(known)s %(unknown)s"
    assert (str(SaidError(words("is missing")).words), SaidError().words) == (str(words("is missing")), "")
