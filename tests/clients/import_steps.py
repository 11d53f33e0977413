"""A list of clients taken in, applied and taken back, in a line each."""

from io import BytesIO

from imports import intake, services
from imports.passes import engine

HEADER = "Код;ФИО;Дата рождения;Телефон;E-mail\n"


ORLOVA = ";Орлова Анна Петровна;01.02.1980;8 914 701 22 33;orlova@example.ru\n"


def take(text, header=HEADER, **values):
    kept = intake.keep_file("clients", BytesIO((header + text).encode()), "list.csv", by=None)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    return intake.read(kept)


def applied(text, **values):
    return engine.apply(take(text, **values))


def outcomes(kept):
    return list(kept.rows.order_by("number").values_list("outcome", flat=True))


def undo(kept):
    services.undo(kept)
    return engine.take_back(kept)


SECOND = ";Белова Ольга;05.06.1990;8 914 701 22 33;belova@example.ru\n"
