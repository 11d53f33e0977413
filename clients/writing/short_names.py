"""Short forms of Russian first names: Саша is Александр or Александра. A weak sign that two cards are one person's."""

from functools import lru_cache

from clients.writing import names
from clients.writing.spelling import fold

# Full name: the short forms in use for it.
SHORT = {
    "Александр": "Саша Саня Шура Сашка Санёк Алекс",
    "Александра": "Саша Шура Саня Сашенька Аля",
    "Алексей": "Лёша Алёша Лёха Лёшка",
    "Алёна": "Лёна Алёнка",
    "Алла": "Аллочка Аля",
    "Алина": "Аля Лина",
    "Анастасия": "Настя Ася Настенька Стася",
    "Анатолий": "Толя Толик",
    "Андрей": "Андрюша Андрюха",
    "Анна": "Аня Анечка Нюра Нюша Анюта",
    "Антон": "Тоша Антоша",
    "Антонина": "Тоня Тося",
    "Аркадий": "Аркаша",
    "Арсений": "Сеня Арсен",
    "Артём": "Тёма Артёмка",
    "Борис": "Боря",
    "Вадим": "Вадик Дима",
    "Валентин": "Валя Валик",
    "Валентина": "Валя Валюша",
    "Валерий": "Валера",
    "Валерия": "Лера Валера",
    "Варвара": "Варя",
    "Василий": "Вася Василёк",
    "Василиса": "Вася Лиса",
    "Вера": "Верочка Веруня",
    "Вероника": "Ника Вика Вера",
    "Виктор": "Витя Витёк",
    "Виктория": "Вика Викуля Тори",
    "Виталий": "Виталик Виталя",
    "Владимир": "Вова Володя Вовка",
    "Владислав": "Влад Слава Владик",
    "Вячеслав": "Слава Славик",
    "Галина": "Галя Галочка",
    "Геннадий": "Гена Генка",
    "Георгий": "Жора Гоша Гера Юра",
    "Григорий": "Гриша",
    "Дарья": "Даша Дашенька",
    "Денис": "Дэн Дениска",
    "Диана": "Дина Диди",
    "Дмитрий": "Дима Митя Димка",
    "Евгений": "Женя Жека",
    "Евгения": "Женя Женечка",
    "Екатерина": "Катя Катюша Катерина Катенька",
    "Елена": "Лена Леночка Алёна Еленка",
    "Елизавета": "Лиза Лизавета",
    "Зинаида": "Зина",
    "Зоя": "Зоечка",
    "Иван": "Ваня Ванюша",
    "Игорь": "Игорёк Гоша",
    "Илья": "Илюша Илюха",
    "Инна": "Инночка",
    "Ирина": "Ира Иришка Иринка",
    "Карина": "Кариша Рина",
    "Кирилл": "Кирюша Кир",
    "Константин": "Костя Костик",
    "Кристина": "Кристи Тина",
    "Ксения": "Ксюша Ксеня Оксана",
    "Оксана": "Ксюша Ксана",
    "Лариса": "Лара Лариска",
    "Леонид": "Лёня",
    "Лидия": "Лида",
    "Любовь": "Люба Любаша",
    "Людмила": "Люда Мила Люся",
    "Максим": "Макс Максимка",
    "Маргарита": "Рита Марго",
    "Марина": "Мариша Маринка",
    "Мария": "Маша Маруся Маня Машенька",
    "Матвей": "Мотя",
    "Михаил": "Миша Мишка Михайло",
    "Надежда": "Надя Наденька",
    "Наталья": "Наташа Ната Натали Наталия",
    "Нина": "Ниночка",
    "Никита": "Ник Никитка",
    "Николай": "Коля Колян",
    "Олег": "Олежка",
    "Ольга": "Оля Оленька Лёля",
    "Павел": "Паша Павлик",
    "Пётр": "Петя",
    "Полина": "Поля Полинка",
    "Раиса": "Рая",
    "Роман": "Рома Ромка",
    "Руслан": "Русик Рус",
    "Светлана": "Света Лана Светик",
    "Семён": "Сёма Сеня",
    "Сергей": "Серёжа Серёга Серж",
    "Софья": "Соня София",
    "Станислав": "Стас Слава Стасик",
    "Степан": "Стёпа",
    "Тамара": "Тома",
    "Татьяна": "Таня Танюша",
    "Тимофей": "Тима Тимоша",
    "Тимур": "Тима",
    "Ульяна": "Уля",
    "Фёдор": "Федя",
    "Эдуард": "Эдик",
    "Эльвира": "Эля Эльвирочка",
    "Юлия": "Юля Юлечка",
    "Юрий": "Юра Юрик",
    "Яна": "Яночка",
    "Ярослав": "Ярик Слава",
}
# Full names without a short form of their own, or that are at times one of another's: known names are no typing errors.
OTHERS = (
    "Ян Глеб Марк Лев Артур Рустам Ринат Альберт Алсу Аида Яков Захар Данил Данила Даниил Майя Лия Ева "
    "Жанна Эмма Снежана Марта Милана Мирослава Гульнара Регина Нонна Римма Роза Герман Егор Богдан Динара Инга Лилия"
)


@lru_cache(1)
def _full_of() -> dict[str, frozenset[str]]:
    """Name, full or short → the full names that it can be; all in one spelling (``spelling.fold``)."""
    found: dict[str, set[str]] = {}
    for full, short in SHORT.items():
        for word in (full, *short.split()):
            found.setdefault(fold(word), set()).add(fold(full))
    for word in OTHERS.split():
        found.setdefault(fold(word), set()).add(fold(word))
    return {word: frozenset(full) for word, full in found.items()}


def full_names(first: str) -> frozenset[str]:
    """The full names that a name can stand for, folded; of an unknown one itself."""
    return _full_of().get(fold(first)) or frozenset({fold(first)})


def is_known(first: str) -> bool:
    """Of a double name (``Анна-Мария``) both halves."""
    known = _full_of()
    return fold(first) in known or ("-" in first and all(fold(half) in known for half in first.split("-")))


def is_full(first: str) -> bool:
    return fold(first) in full_names(first)


def short_form(one: str, other: str) -> bool:
    """Whether two different names can be forms of one."""
    return bool(full_names(one) & full_names(other)) and fold(one) != fold(other)


def variants(first: str) -> frozenset[str]:
    """The name and its forms, full and short, as people write them."""
    return _variants(full_names(first)) | {names.tidy(first)}


@lru_cache(1024)
def _variants(full: frozenset[str]) -> frozenset[str]:
    same = (word for name, short in SHORT.items() if fold(name) in full for word in (name, *short.split()))
    return frozenset(writing for word in same for writing in (word, word.replace("ё", "е")))
