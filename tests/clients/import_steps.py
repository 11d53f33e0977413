"""A list of clients taken in, applied and taken back, in a line each."""

from io import BytesIO
from typing import Any

from imports import intake, services
from imports.models import ListImport
from imports.passes import engine

HEADER = "Код;ФИО;Дата рождения;Телефон;E-mail\n"


ORLOVA = ";Орлова Анна Петровна;01.02.1980;8 914 701 22 33;orlova@example.ru\n"


def take(text: str, header: str = HEADER, **values: Any) -> ListImport:
    kept = intake.keep_file("clients", BytesIO((header + text).encode()), "list.csv", by=None)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    return intake.read(kept)


def applied(text: str, **values: Any) -> ListImport:
    return engine.apply(take(text, **values))


def outcomes(kept: ListImport) -> list[str]:
    return list(kept.rows.order_by("number").values_list("outcome", flat=True))


def undo(kept: ListImport) -> ListImport:
    services.undo(kept)
    return engine.take_back(kept)


SECOND = ";Белова Ольга;05.06.1990;8 914 701 22 33;belova@example.ru\n"
