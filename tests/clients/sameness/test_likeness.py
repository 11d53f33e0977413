"""How alike two people are, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clients.models import Pair
from clients.sameness import likeness
from clients.sameness.likeness import Facts
from clients.writing.names import PersonName

BORN = date(1985, 7, 3)
PHONE, EMAIL = "+79147012233", "elena@example.ru"
WHOLE = Facts(PersonName("Кузнецова", "Елена", "Викторовна"), BORN, PHONE, EMAIL)
SAME, LIKELY = Pair.Kind.SAME, Pair.Kind.LIKELY


def person(
    last: str = "Кузнецова",
    first: str = "Елена",
    middle: str = "Викторовна",
    born: date | None = BORN,
    phone: str | None = PHONE,
    email: str | None = EMAIL,
) -> Facts:
    return Facts(PersonName(last, first, middle), born, phone, email)


def keys(one: Facts, other: Facts) -> set[str]:
    return {reason.key for reason in likeness.compare(one, other).reasons}


@pytest.mark.parametrize(
    ("other", "key"),
    [
        (person(last="Кузнецов"), "surname_gendered"),
        (person(last="Kuznetsova", first="Elena", middle=""), "surname_latin"),
        (person(last="Кузнецва"), "surname_letter"),
        (person(last="Кузнцеова"), "surname_letter"),
        (person(first="Лена"), "first_short"),
        (person(first="Е.", middle="В."), "middle_initial"),
        (person(last="Елена", first="Кузнецова"), "names_exchanged"),
        (person(born=date(1985, 3, 7)), "born_swapped"),
        (person(born=date(1985, 7, 8)), "born_digit"),
        (person(phone="+79147012234"), "phone_digit"),
        (person(phone="+79147012323"), "phone_exchanged"),
        (person(email="elena@mail.ru"), "email_near"),
    ],
)
def test_each_slip_has_its_reason_and_the_pair_is_proposed(other: Facts, key: str) -> None:
    assert key in keys(WHOLE, other)
    assert likeness.compare(WHOLE, other).kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person(), person(first="Анна")),  # twins behind one phone
        (person(), person(first="Виктор", last="Кузнецов", middle="Олегович", born=date(1983, 1, 2))),  # a couple
        (person(phone=None, email=None), person(phone=None, email=None, born=date(1958, 11, 20))),  # mother and daughter
        (person(last="Орлова", middle=""), person(first="Ольга", middle="", born=None, phone=None)),  # one e-mail alone
        (person(first="Мария", phone=None, email=None), person(first="Марина", phone=None, email=None)),
    ],
)
def test_relatives_are_not_proposed(one: Facts, other: Facts) -> None:
    assert likeness.compare(one, other).kind is None


def test_a_whole_name_and_a_birth_date_are_the_same_person_and_another_birth_date_never_is() -> None:
    assert likeness.compare(person(phone=None), person(email=None)).kind == SAME
    assert likeness.compare(person(), person(born=date(1986, 9, 21))).kind != SAME


def test_a_married_name_with_the_same_phone_is_left_to_a_person() -> None:
    assert likeness.compare(person(), person(last="Орлова", email=None)).kind == LIKELY


def test_the_reasons_are_told_in_words_the_strongest_first() -> None:
    other = person(last="Кузнецов", first="Лена", phone=None, email=None)

    words = likeness.in_words(likeness.compare(WHOLE, other), WHOLE, other)

    assert len(words) == 4
    assert any("Лена" in word and "Елена" in word for word in words)


def test_every_level_has_its_words() -> None:
    assert all(likeness.word(key, WHOLE, person(first="Лена")) for key in likeness.WEIGHTS)


WORDS = some.sampled_from(
    ["Кузнецова", "Кузнецов", "Kuznetsova", "Орлова", "Елена", "Лена", "Е.", "Саша", "Александр", "Олегович", "Ёлкина", ""]
)
ANYBODY = some.builds(
    lambda last, first, middle, born, phone, email: Facts(PersonName(last, first, middle), born, phone, email),
    WORDS, WORDS, WORDS, some.none() | some.dates(date(1930, 1, 1), date(2010, 1, 1)),
    some.sampled_from([None, PHONE, "+79147012234", "+79241112233"]), some.sampled_from([None, EMAIL, "orlova@example.ru"]),
)  # fmt: skip

KNOWN = some.builds(
    lambda last, first, middle, born, phone, email: Facts(PersonName(last, first, middle), born, phone, email),
    WORDS, WORDS, WORDS, some.dates(date(1930, 1, 1), date(2010, 1, 1)),
    some.sampled_from([PHONE, "+79147012234", "+79241112233"]), some.sampled_from([EMAIL, "orlova@example.ru"]),
)  # fmt: skip


@given(ANYBODY, ANYBODY)
def test_the_order_of_two_does_not_matter(one: Facts, other: Facts) -> None:
    assert likeness.compare(one, other) == likeness.compare(other, one)


@given(ANYBODY, ANYBODY)
def test_nobody_is_more_like_somebody_than_they_are_themselves(one: Facts, other: Facts) -> None:
    said, itself = likeness.compare(one, other), likeness.compare(one, one)

    assert 0 <= said.score <= 1
    assert not any(reason.weight < 0 for reason in itself.reasons)


@given(KNOWN, ANYBODY)
def test_of_one_name_nobody_is_more_like_somebody_with_every_fact_than_they_are_themselves(one: Facts, other: Facts) -> None:
    namesake = other._replace(name=one.name)

    assert likeness.compare(one, one).bits >= likeness.compare(one, namesake).bits


@pytest.mark.parametrize(("latin", "meant"), [("HOCOB", "Носов"), ("COBA", "Сова"), ("KOMAPOBA", "Комарова")])
def test_a_whole_word_of_letters_that_look_alike_is_the_word_that_was_meant(latin: str, meant: str) -> None:
    said = likeness.compare(Facts(PersonName(latin, "Анна", "")), Facts(PersonName(meant, "Анна", "")))

    assert said.says("surname_latin", "surname_same")


@pytest.mark.parametrize("names", [("Вера", "Вероника"), ("Ксения", "Оксана")])
def test_two_whole_names_are_left_to_a_person(names: tuple[str, str]) -> None:
    one, other = (Facts(PersonName("Орлова", name, "Павловна"), date(1990, 5, 5), "+79140001122") for name in names)

    assert likeness.compare(one, other).kind == Pair.Kind.LIKELY
