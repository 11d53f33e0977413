"""Fields of settings, as people fill them; the pages are in ``test_views``."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from stores import rules
from stores.deciding.forms import FIELDS, HostsField, WholeField, in_words
from stores.texts.writing import NBSP


@pytest.mark.parametrize("text", ["0", "25", "a", "", "1.5"])
def test_a_number_out_of_its_bounds_says_which(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WholeField(1, 24).clean(text)

    with translation.override("en"):
        assert refused.value.messages == ["Type a whole number from 1 to 24."]
    with translation.override("ru"):
        assert refused.value.messages == ["Введите целое число от 1 до 24."]


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("https://Example.ru/a?b", ["example.ru"]),
        ("a.ru, b.ru;a.ru", ["a.ru", "b.ru"]),
        ("агат.рф", ["xn--80aai5d.xn--p1ai"]),
        ("", []),
    ],
)
def test_hosts_are_read_as_they_are_pasted(text: str, hosts: list[str]) -> None:
    assert HostsField().clean(text) == hosts


@pytest.mark.parametrize("text", ["example", "-a.ru", "a..ru", "1.2.3.4"])
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        HostsField().clean(text)


def test_a_value_is_told_in_words() -> None:
    said = {"second_factor_roles": [], "link_hosts": ["a.ru"], "reviews_on": True, "price_bound": 100_000, "quiet_from": 21}

    with translation.override("en"):
        told = {name: in_words(FIELDS[name], value) for name, value in said.items()}

    assert told == {
        "second_factor_roles": "nobody", "link_hosts": "a.ru", "reviews_on": "yes", "price_bound": f"100{NBSP}000",
        "quiet_from": "21\xa0o'clock",
    }  # fmt: skip
    assert rules.Rules().quiet_from == 21
