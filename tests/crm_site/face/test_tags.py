"""What every page needs, as templates get it: icons, phones, sizes, durations, and the address with some of it changed."""

from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from crm_site.face import tags
from stores.texts.writing import NBSP


def test_an_icon_is_decoration_until_it_has_a_label() -> None:
    plain, spoken = tags.icon("phone"), tags.icon("phone", 'a "b" <c>', "big")

    assert ('aria-hidden="true"' in plain, "aria-label" in plain) == (True, False)
    assert 'role="img" aria-label="a &quot;b&quot; &lt;c&gt;"' in spoken
    assert 'class="icon big"' in spoken
    assert (plain.count("<svg"), plain.count("</svg>"), 'stroke="none" d="M0 0h24v24H0z"' in plain) == (1, 1, False)


@pytest.mark.parametrize("name", ["../settings", "Phone", "phone/../x", ""])
def test_no_name_of_an_icon_leads_out_of_its_folder(name: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        tags.icon(name)


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (None, "", ""), (0, "0\xa0с", "0 s"), (29.4, "29\xa0с", "29 s"), (180, "3\xa0мин", "3 min"),
        (3_600, "1\xa0ч 0\xa0мин", "1 h 0 min"), (4_800, "1\xa0ч 20\xa0мин", "1 h 20 min"),
    ],
)  # fmt: skip
def test_how_long_it_took(seconds: float | None, russian: str, english: str) -> None:
    told = []
    for language in ("ru", "en"):
        with translation.override(language):
            told.append(tags.duration(seconds))

    assert told == [russian, english]


def test_a_ring_size_is_told_in_three_systems() -> None:
    assert tags.ring_sizes(Decimal("17.50")) == f"17,5 · EU{NBSP}55 · US{NBSP}7,25"
    assert (tags.ring_sizes(None), tags.ring_sizes(Decimal(0))) == ("", "")


def test_a_sum_without_kopecks_and_a_phone_as_people_write_it() -> None:
    assert (tags.rounded("1200.51"), tags.rounded(None)) == (1_201, None)
    assert (tags.phone("+79147012233"), tags.phone(None), tags.phone("")) == ("+7 914 701-22-33", "", "")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ("", "?q=a+b&page=2"),
        ("page=3", "?q=a+b&page=3"),
        ("page=None", "?q=a+b"),
        ("q='' page=None", "?"),
        ("new=0", "?q=a+b&page=2&new=0"),
    ],
)
def test_an_address_is_kept_but_for_what_changes(changes: str, told: str) -> None:
    request = RequestFactory().get("/sales/", {"q": "a b", "page": "2"})

    written = Template("{% autoescape off %}{% query " + changes + " %}{% endautoescape %}").render(Context({"request": request}))

    assert written == told


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 YaBrowser/24.12 Safari/537.36",
            "Яндекс Браузер, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        ("curl/8.9 " + "x" * 60, "curl/8.9 " + "x" * 31),
    ],
)
def test_a_browser_is_told_in_two_words(agent: str, words: str) -> None:
    assert tags.browser(agent) == words
