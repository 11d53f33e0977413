"""A client list as ten people type it over the years: writings, gaps, repeats and rows that are nobody. Seeded."""

import csv
import random
from pathlib import Path

from benchmarks.data import SURNAMES, SYLLABLES

HEADER = ["Код", "ФИО", "Дата рожд.", "Моб. тел.", "E-mail", "Магазин", "Примечание"]
FIRST = {"а": ["Анна", "Елена", "Ольга", "Мария", "Вера"], "": ["Иван", "Пётр", "Олег", "Максим", "Артём"]}
MIDDLE = {"а": ["Ивановна", "Петровна", "Олеговна"], "": ["Иванович", "Петрович", "Олегович"]}
NOBODY = ("", "Итого:", "ООО «Ромашка»", "<b>клиент</b>", "=SUM(A1:A9)", "12345")


def write(path: Path, rows: int, seed: int = 2018) -> Path:
    """Write a list of so many rows, UTF-8 and ``;``; made once."""
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(_rows(rows, random.Random(seed)))
    return path


def _rows(count: int, chance: random.Random) -> list[list[str]]:
    said: list[list[str]] = []
    for number in range(count):
        luck = chance.random()
        if luck < 0.03 and said:
            said.append(_again(chance.choice(said[-500:]), chance))
        elif luck < 0.04:
            said.append(["", chance.choice(NOBODY), "", "", "", "", ""])
        else:
            said.append(_person(number, chance))
    return said


def _again(row: list[str], chance: random.Random) -> list[str]:
    """The same person once more, at times with a gap or in capitals."""
    return [row[0], row[1].upper() if chance.random() < 0.3 else row[1], "" if chance.random() < 0.2 else row[2], *row[3:]]


def _person(number: int, chance: random.Random) -> list[str]:
    ending = chance.choice(("а", ""))
    surname = chance.choice(SURNAMES) if chance.random() < 0.5 else "".join(chance.choices(SYLLABLES, k=3)).title() + "ов"
    name = f"{surname}{ending} {chance.choice(FIRST[ending])} {chance.choice(MIDDLE[ending])}"
    return [f"К{number:07d}", name, _born(chance), _phone(number, chance), _email(number, chance), f"Салон {number % 5 + 1}", ""]


def _born(chance: random.Random) -> str:
    year, month, day = chance.randint(1940, 2004), chance.randint(1, 12), chance.randint(1, 28)
    usual = f"{day:02d}.{month:02d}.{year}"
    odd = (f"{day}.{month}.{year % 100:02d}", f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}", "31.02.1980", "")
    return usual if chance.random() < 0.8 else chance.choice(odd)


def _phone(number: int, chance: random.Random) -> str:
    digits = f"9{(number * 7_919 + 140_000_000) % 1_000_000_000:09d}"
    usual = f"8 ({digits[:3]}) {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
    odd = (f"+7{digits}", f"8{digits}", digits, f"8{digits[:9]}О" if digits.endswith("0") else f"тел. 8{digits}", "", "нет")
    return usual if chance.random() < 0.6 else chance.choice(odd)


def _email(number: int, chance: random.Random) -> str:
    odd = ("", "", "нет", f"client{number}@mail,ru", f"CLIENT{number}@Example.RU")
    return f"client{number}@example.ru" if chance.random() < 0.7 else chance.choice(odd)
