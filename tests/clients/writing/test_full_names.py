import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing.full_names import split_full_name
from clients.writing.names import BadNameError, PersonName, is_initial


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Абрамова Вера Ильинична", ("Абрамова", "Вера", "Ильинична")),
        ("  гринёв   пётр андреевич ", ("Гринёв", "Пётр", "Андреевич")),
        ("ЛАНСКАЯ ОЛЬГА", ("Ланская", "Ольга", "")),
        ("Мироновa Мaрия Ивановна", ("Миронова", "Мария", "Ивановна")),
        ("МАМИН-СИБИРЯК Дмитрий", ("Мамин-Сибиряк", "Дмитрий", "")),
        ("Оглы Рашид Мамед оглы", ("Оглы", "Рашид", "Мамед оглы")),
        ("О'КОННОР ШОН", ("О'Коннор", "Шон", "")),
        ("О’Коннор Шон", ("О'Коннор", "Шон", "")),
        ("ИВАНОВ И.И.", ("Иванов", "И.", "И.")),
        ("Вера Ильинична Абрамова", ("Абрамова", "Вера", "Ильинична")),
        ("Kim Anna", ("Kim", "Anna", "")),
        ("МакДональд Рональд", ("МакДональд", "Рональд", "")),
        ("КоТоВа вЕРА", ("Котова", "Вера", "")),
        ("Анна-Мария Котова", ("Котова", "Анна-Мария", "")),
        ("Ахмед Абдуллаев", ("Абдуллаев", "Ахмед", "")),
        ("Гончар Яков", ("Гончар", "Яков", "")),
        ("Ван Дер Билт Анна", ("Ван Дер Билт", "Анна", "")),
        ("Ван Ли", ("Ван", "Ли", "")),
        ("Котова Вера Ильинишна", ("Котова", "Вера", "Ильинишна")),
        ("Вера", ("", "Вера", "")),
        ("Роман", ("Роман", "", "")),
    ],
)
def test_full_names_are_split_and_tidied(text: str, expected: tuple[str, str, str]) -> None:
    assert split_full_name(text) == PersonName(*expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Итого: 29",
        "<b>Петров</b>",
        '=HYPERLINK("http://x")',
        "12345",
        "ВСЕГО",
        "нет",
        "@@@",
        "Клиент 5",
        "Котова Вера, Лисов Пётр",
        "Дядя Вася",
        "Общество с ограниченной ответственностью «Ромашка»",
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(BadNameError):
        split_full_name(text)


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = split_full_name(text)
    except BadNameError:
        return
    assert name.last or name.first
    assert [part.strip() for part in name] == list(name)
    assert "<" not in "".join(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванов, Иван Иванович", ("Иванов", "Иван", "Иванович")),
        ("Smith, John", ("Smith", "John", "")),
        ("Иванов\u200b Иван?", ("Иванов", "Иван", "")),
        ("И.И. Иванов", ("Иванов", "И.", "И.")),
        ("Иванова (Петрова) Анна", ("Иванова", "Анна", "")),
        ("г-жа Иванова Анна", ("Иванова", "Анна", "")),
    ],
)
def test_dirt_around_a_name(text: str, expected: tuple[str, str, str]) -> None:
    assert split_full_name(text) == PersonName(*expected)


@pytest.mark.parametrize("text", ["ООО Ромашка", "Розничный покупатель"])
def test_firms_and_nobody_are_no_people(text: str) -> None:
    with pytest.raises(BadNameError):
        split_full_name(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("О Ден Сик", ("О", "Ден Сик", "")),
        ("Э Мин", ("Э", "Мин", "")),
        ("Цой Э", ("Цой", "Э", "")),
        ("Ю Наталья Сергеевна", ("Ю", "Наталья", "Сергеевна")),
        ("Иванова А", ("Иванова", "А.", "")),
        ("А Иванова", ("Иванова", "А.", "")),
        ("Иванов И И", ("Иванов", "И.", "И.")),
        ("Ким Ч", ("Ким", "Ч.", "")),
        ("Кузнецова Анна Мария", ("Кузнецова", "Анна Мария", "")),
        ("Кузнецова Анна Мария Петровна", ("Кузнецова", "Анна Мария", "Петровна")),
        ("Иванова - Петрова Анна", ("Иванова-Петрова", "Анна", "")),
        ("Иванова — Анна", ("Иванова", "Анна", "")),
        ("Иванова Анна - Мария", ("Иванова", "Анна-Мария", "")),
        ("Котова/Лисова Ия", ("Котова-Лисова", "Ия", "")),
        ("Анна🌸 Лунина", ("Лунина", "Анна", "")),
        ("Page Larry", ("Page", "Larry", "")),
        ("Null Jennifer", ("Null", "Jennifer", "")),
        ("Вера Ильинична", ("", "Вера", "Ильинична")),
        ("Ян Эвелина", ("Ян", "Эвелина", "")),
    ],
)
def test_names_as_people_write_them(text: str, expected: tuple[str, str, str]) -> None:
    assert split_full_name(text) == PersonName(*expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("John Smith", ("Smith", "John", "")), ("Smith John", ("Smith", "John", "")), ("Page Larry", ("Page", "Larry", "")),
        ("Vera Lagina", ("Lagina", "Vera", "")), ("Lagina Vera", ("Lagina", "Vera", "")), ("Anna Kim", ("Kim", "Anna", "")),
        ("Kim Anna", ("Kim", "Anna", "")), ("John Q. Public", ("Public", "John", "Q.")), ("John Smith Jr.", ("Smith", "John", "")),
        ("Anna Maria Smith", ("Smith", "Anna Maria", "")), ("Simon van Dyck", ("van Dyck", "Simon", "")), ("Thomas James", ("Thomas", "James", "")),
        ("Mary-Jane O'Neil", ("O'Neil", "Mary-Jane", "")), ("Ivanova Anna Petrovna", ("Ivanova", "Anna", "Petrovna")),
        ("ИП Лагина Вера", ("Лагина", "Вера", "")), ("Лагина Вера VIP", ("Лагина", "Вера", "")), ("Иванов Иванович Иван", ("Иванов", "Иван", "Иванович")),
    ],
)  # fmt: skip
def test_which_word_is_the_first_name(text: str, expected: tuple[str, str, str]) -> None:
    assert split_full_name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Лагина Вера и Пётр",
        "Лагина Вера & Пётр",
        "муж Лагин Пётр",
        "Мать Лагиной Веры",
        "Лагина Вера - жена Петра",
        "Салон Лагина",
    ],
)
def test_two_people_and_somebodys_kin_are_asked(text: str) -> None:
    with pytest.raises(BadNameError):
        split_full_name(text)


@pytest.mark.parametrize("text", ["null", "Page", "Иванова Анна/Петров Иван", "total sum"])
def test_words_of_nobody_and_two_people_are_no_name(text: str) -> None:
    with pytest.raises(BadNameError):
        split_full_name(text)


SURNAMES = st.sampled_from(["Орлова", "Ким", "О'Коннор", "Белая", "Мамин-Сибиряк"])
FIRST = st.sampled_from(["Анна", "Ия", "Ден Сик", "Пётр"])
PATRONYMICS = st.sampled_from(["", "Ильинична", "Сергеевич", "Мамед оглы", "П."])
DIRT = st.sampled_from(["", "\u200b", "\ufeff", "🌸", "  ", "\u202a"])


@given(SURNAMES, FIRST, PATRONYMICS, DIRT, DIRT)
def test_dirt_between_the_words_changes_no_name(last: str, first: str, middle: str, one: str, other: str) -> None:
    assert split_full_name(f"{one}{last} {first}{other} {middle}{one}") == PersonName(last, first, middle)


@given(SURNAMES, st.characters(categories=["Lu"], max_codepoint=0x44F))
def test_a_letter_with_a_full_stop_is_never_a_first_name(last: str, letter: str) -> None:
    assert is_initial(split_full_name(f"{last} {letter}.").first)
