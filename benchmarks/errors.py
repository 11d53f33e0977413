# ruff: noqa: SIM905 — words in a row read better than a list of quotes
"""People of a base as they come to stand in it twice: who is who is known. Seeded; knows nothing of ``clients.sameness.likeness``.

What happens to the second card of a person: slips of the keyboard, ё/е, the ending of the other gender, Latin letters by
one of three systems, day and month exchanged, a wrong digit, a new phone, a married surname, gaps, short names. Beside
them stand people who only look alike: twins, families with one phone or e-mail, fathers and sons, namesakes.
"""

import random
from datetime import date, timedelta
from typing import NamedTuple

ROOTS = """Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов
Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев
Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов
Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров
Матвеев Титов Марков Миронов Крылов Куликов Карпов Власов Мельников Денисов Гаврилов Тихонов Казаков Афанасьев Данилов
Савельев Тимофеев Фомин Чернов Абрамов Мартынов Ефимов Федотов Щербаков Назаров Калинин Исаев Чернышёв Быков Маслов
Родионов Коновалов Лазарев Воронин Климов Филатов Пономарёв Голубев Кудрявцев Прохоров Наумов Потапов Журавлёв Овчинников
Трофимов Леонов Соболев Ермаков Колесников Гончаров Емельянов Никифоров Грачёв Котов Гришин Ефремов Архипов Громов Кириллов
Малышев Панов Моисеев Румянцев Акимов Кондратьев Бирюков Горбунов Анисимов Ерёмин Тихомиров Галкин Лукьянов Михеев Скворцов
Юдин Белоусов Нестеров Симонов Прокофьев Харитонов Князев Цветков Левин Митрофанов Воронов Аксёнов Софронов Мальцев Логинов
Горшков Савин Краснов Майоров Демидов Елисеев Рыбаков Сафонов Плотников Демин Хохлов Фадеев Молчанов Игнатов Литвинов Ершов""".split()
ADJECTIVES = "Чайковск Достоевск Вяземск Покровск Троицк Маяковск Островск Левитанск Заболоцк Ржевск Полянск Невск".split()
FOREIGN = "Ким Пак Шевченко Бондаренко Ткаченко Кравченко Коваленко Шмидт Мельник Гончаренко Цой Ли Савчук Рабинович".split()
BEGIN, MIDDLE, END = "ба ве го ду жи ка лу ме но пе ра си та фо ха че шу бо ви гу".split(), "ла ми но ру са те во ди ку пы".split(), "нов лев рин мов тов шин ков чёв дов кин".split()  # fmt: skip
WOMEN = {
    "Анна": "Аня", "Мария": "Маша", "Елена": "Лена", "Ольга": "Оля", "Наталья": "Наташа", "Ирина": "Ира", "Татьяна": "Таня",
    "Светлана": "Света", "Екатерина": "Катя", "Анастасия": "Настя", "Юлия": "Юля", "Людмила": "Люда", "Галина": "Галя",
    "Марина": "Мариша", "Надежда": "Надя", "Вера": "Верочка", "Александра": "Саша", "Евгения": "Женя", "Виктория": "Вика",
    "Дарья": "Даша", "Ксения": "Ксюша", "Любовь": "Люба", "Валентина": "Валя", "Алёна": "Алёна", "Эвелина": "Эвелина",
    "Алина": "Аля", "Дарина": "Дарина",
}  # fmt: skip
MEN = {
    "Александр": "Саша", "Сергей": "Серёжа", "Дмитрий": "Дима", "Алексей": "Лёша", "Андрей": "Андрюша", "Евгений": "Женя",
    "Михаил": "Миша", "Иван": "Ваня", "Максим": "Макс", "Артём": "Тёма", "Николай": "Коля", "Владимир": "Вова", "Павел": "Паша",
    "Пётр": "Петя", "Фёдор": "Федя", "Юрий": "Юра", "Игорь": "Игорь", "Олег": "Олег", "Константин": "Костя", "Роман": "Рома",
    "Анатолий": "Толя", "Виталий": "Виталик", "Тихон": "Тихон", "Денис": "Денис",
}  # fmt: skip
FATHERS = "Александр Иван Сергей Владимир Николай Виктор Михаил Петр Анатолий Борис Олег Роман Павел Степан Семён".split()
DOMAINS = ("mail.ru", "yandex.ru", "gmail.com", "bk.ru", "inbox.ru", "rambler.ru")
KEYS = "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"
SYSTEMS = (
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia".split(" "), strict=True)),
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "), strict=True)),
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "a b v g d e e j z i j k l m n o p r s t u f h c ch sh sch  y  e ju ja".split(" "), strict=True)),
)  # fmt: skip


class Person(NamedTuple):
    """A card; cards of one ``who`` are one person's."""

    who: int
    last: str
    first: str
    middle: str
    born: date | None
    phone: str | None
    email: str | None
    woman: bool


class Base:
    """So many people, a share of whom have a second or third card, with relatives and namesakes among them."""

    def __init__(self, people: int, seed: int, twice: float = 0.25) -> None:
        self.chance = random.Random(seed)
        self.next, self.phones = 0, set[str]()
        self.cards: list[Person] = []
        while self.next < people:
            person = self.somebody()
            self.cards += [person, *self.around(person)]
        for person in list(self.cards):
            for _copy in range((self.chance.random() < twice) + (self.chance.random() < twice / 10)):
                self.cards.append(self.again(person))
        self.chance.shuffle(self.cards)

    def true_pairs(self) -> set[tuple[int, int]]:
        """Places of cards of one person, the earlier first."""
        by_who: dict[int, list[int]] = {}
        for place, card in enumerate(self.cards):
            by_who.setdefault(card.who, []).append(place)
        return {(a, b) for places in by_who.values() for a in places for b in places if a < b}

    def somebody(self) -> Person:
        chance, woman = self.chance, self.chance.random() < 0.7
        first = chance.choice(list(WOMEN if woman else MEN))
        last, born = self.surname(woman), date(1945, 1, 1) + timedelta(chance.randrange(22_000))
        middle = patronymic(chance.choice(FATHERS), woman) if chance.random() < 0.85 else ""
        return Person(self.identity(), last, first, middle, born, self.phone(), self.email(last, born), woman)

    def identity(self) -> int:
        self.next += 1
        return self.next

    def surname(self, woman: bool) -> str:
        luck = self.chance.random()
        if luck < 0.6:  # the commoner the earlier in the list
            return gendered(ROOTS[int(len(ROOTS) * self.chance.random() ** 1.6)], woman)
        if luck < 0.66:
            return self.chance.choice(ADJECTIVES) + ("ая" if woman else "ий")
        if luck < 0.72:
            return self.chance.choice(FOREIGN)
        made = self.chance.choice(BEGIN) + self.chance.choice(MIDDLE) + self.chance.choice(END)
        return gendered(made.capitalize(), woman)

    def phone(self) -> str:
        while (phone := f"+79{self.chance.randrange(10**9):09d}") in self.phones:
            pass
        self.phones.add(phone)
        return phone

    def email(self, last: str, born: date) -> str:
        name = latin(last, SYSTEMS[1]).lower().replace("'", "")
        tail = self.chance.choice(
            (str(born.year), str(self.chance.randrange(10_000)), f".{self.chance.choice('abeimnostv')}", "")
        )
        return f"{name}{tail}{self.chance.randrange(1000) if not tail else ''}@{self.chance.choice(DOMAINS)}"

    def around(self, person: Person) -> list[Person]:
        """People who look like this one and are others."""
        chance, luck, born = self.chance, self.chance.random(), person.born or date(1970, 1, 1)
        who, phone = self.identity(), self.phone()
        if luck < 0.03:  # a twin
            return [person._replace(who=who, first=self.other_first(person), phone=phone, email=None)]
        if luck < 0.08:  # wife or husband behind one phone and e-mail
            woman = not person.woman
            near = born + timedelta(chance.randrange(-2_000, 2_000))
            first = chance.choice(list(WOMEN if woman else MEN))
            last = gendered(masculine(person.last), woman)
            return [Person(who, last, first, patronymic(chance.choice(FATHERS), woman), near, person.phone, person.email, woman)]
        if luck < 0.10:  # mother and daughter, father and son of one name
            earlier = born - timedelta(chance.randrange(7_000, 13_000))
            middle = person.middle if chance.random() < 0.3 else patronymic(chance.choice(FATHERS), person.woman)
            return [person._replace(who=who, born=earlier, middle=middle, phone=chance.choice((phone, person.phone)))]
        if luck < 0.12:  # a namesake born about the same time
            return [person._replace(who=who, born=born + timedelta(chance.choice((-1, 1)) * chance.randrange(20, 3_000)), phone=phone, email=self.email(person.last, born + timedelta(9)))]  # fmt: skip
        if luck < 0.13:  # a sister or brother
            return [person._replace(who=who, first=self.other_first(person), born=born + timedelta(chance.randrange(400, 3_000)), phone=chance.choice((phone, person.phone)))]  # fmt: skip
        return []

    def other_first(self, person: Person) -> str:
        names = [name for name in (WOMEN if person.woman else MEN) if name != person.first]
        return self.chance.choice(names)

    def again(self, person: Person) -> Person:
        """The same person as another list or another seller wrote them: each thing happens at its own rate."""
        for rate, change in self.changes():
            if self.chance.random() < rate:
                person = change(person)
        return person

    def changes(self):
        return (
            (0.04, self.marries), (0.30, self.another_phone), (0.35, self.another_email), (0.10, self.short_name),
            (0.10, self.slip_in_surname), (0.04, self.slip_in_first), (0.15, lambda p: p._replace(middle="")),
            (0.08, lambda p: p._replace(email=None)), (0.05, lambda p: p._replace(phone=None)),
            (0.04, lambda p: p._replace(born=None)), (0.04, self.swapped), (0.04, self.digit_of_day),
            (0.06, self.digit_of_phone), (0.03, lambda p: p._replace(last=masculine(p.last))), (0.04, self.in_latin),
            (0.20, lambda p: p._replace(last=p.last.replace("ё", "е"), first=p.first.replace("ё", "е"))),
            (0.02, lambda p: p._replace(last=p.first, first=p.last)), (0.04, self.initials), (0.03, self.slip_in_email),
        )  # fmt: skip

    def marries(self, person: Person) -> Person:
        return person._replace(last=self.surname(True)) if person.woman else person

    def another_phone(self, person: Person) -> Person:
        return person._replace(phone=self.phone())

    def another_email(self, person: Person) -> Person:
        return person._replace(email=self.email(person.last, person.born or date(1970, 1, 1)))

    def short_name(self, person: Person) -> Person:
        return person._replace(first=(WOMEN if person.woman else MEN).get(person.first, person.first))

    def slip_in_surname(self, person: Person) -> Person:
        return person._replace(last=slip(person.last, self.chance))

    def slip_in_first(self, person: Person) -> Person:
        return person._replace(first=slip(person.first, self.chance))

    def slip_in_email(self, person: Person) -> Person:
        name, at, domain = (person.email or "").partition("@")
        place = self.chance.randrange(len(name)) if name else 0
        return person._replace(email=f"{name[:place]}{name[place + 1 :]}{at}{domain}" if len(name) > 4 else person.email)

    def swapped(self, person: Person) -> Person:
        born = person.born
        return person._replace(born=date(born.year, born.day, born.month)) if born and born.day <= 12 else person

    def digit_of_day(self, person: Person) -> Person:
        return person._replace(born=_with_wrong_digit(person.born, self.chance)) if person.born else person

    def digit_of_phone(self, person: Person) -> Person:
        if not person.phone:
            return person
        place = self.chance.randrange(3, 11)
        digits = list(person.phone)
        if self.chance.random() < 0.3:
            digits[place], digits[place + 1] = digits[place + 1], digits[place]
        else:
            digits[place] = str((int(digits[place]) + self.chance.randrange(1, 10)) % 10)
        return person._replace(phone="".join(digits))

    def in_latin(self, person: Person) -> Person:
        system = self.chance.choice(SYSTEMS)
        last, first, middle = (latin(part, system) for part in (person.last, person.first, person.middle))
        return person._replace(last=last, first=first, middle=middle if self.chance.random() < 0.3 else "")

    def initials(self, person: Person) -> Person:
        return person._replace(first=person.first[:1] + ".", middle=person.middle[:1] + "." if person.middle else "")


def gendered(man: str, woman: bool) -> str:
    if man.endswith("ий"):
        return man[:-2] + "ая" if woman else man
    return man + "а" if woman and man.endswith(("ов", "ев", "ёв", "ин", "ын")) else man


def masculine(surname: str) -> str:
    if surname.endswith("ая"):
        return surname[:-2] + "ий"
    return surname[:-1] if surname.endswith(("ова", "ева", "ёва", "ина", "ына")) else surname


def patronymic(father: str, woman: bool) -> str:
    father = {"Павел": "Павл", "Анатолий": "Анатольй"}.get(father, father)
    if father.endswith(("й", "ь")):
        return father[:-1] + ("евна" if woman else "евич")
    return father + ("овна" if woman else "ович")


def latin(name: str, system: dict[str, str]) -> str:
    return "".join(system.get(letter, letter) for letter in name.lower()).capitalize()


def slip(word: str, chance: random.Random) -> str:
    """One slip: a letter left out, doubled, exchanged with its neighbour, or hit beside; the first is seldom wrong."""
    if len(word) < 4:
        return word
    place = chance.randrange(0 if chance.random() < 0.1 else 1, len(word) - 1)
    kind = chance.choice(("out", "twice", "exchanged", "beside", "beside"))
    if kind == "out":
        return word[:place] + word[place + 1 :]
    if kind == "twice":
        return word[:place] + word[place] + word[place:]
    if kind == "exchanged":
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    row = next((row for row in KEYS if word[place].lower() in row), "аеои")
    at = row.find(word[place].lower())
    return word[:place] + row[at + 1 if at + 1 < len(row) else at - 1] + word[place + 1 :]


def _with_wrong_digit(born: date, chance: random.Random) -> date:
    while True:
        text = list(f"{born:%d%m%Y}")
        place = chance.choice((0, 1, 2, 3, 6, 7))
        text[place] = chance.choice("0123456789")
        try:
            wrong = date(int("".join(text[4:])), int("".join(text[2:4])), int("".join(text[:2])))
        except ValueError:
            continue
        if wrong != born:
            return wrong
