"""Lists of purchases and services applied as text, corrected and taken back."""

from io import BytesIO

from imports import intake, outcomes, services
from imports.cells import escape
from imports.models import ListImport
from imports.passes import engine
from purchases.models import Piece

HEADER = "Чек;Телефон;Дата;Артикул;Сумма;Магазин;Возврат\n"
LINE = "{};8 914 701 22 33;05.12.2018;R1;{};Роскошь-Luxury;{}\n"


def applied(kind: str, text: str, name: str = "list.csv") -> ListImport:
    kept = intake.keep_file(kind, BytesIO(text.encode()), name, by=None)
    return engine.apply(intake.read(kept))


def undo(kept: ListImport) -> ListImport:
    services.undo(kept)
    return engine.take_back(kept)


def corrected(kept: ListImport, *changes: tuple[str, str]) -> str:
    """The outcomes of a list as a file, with some texts replaced."""
    text = "\n".join(";".join(escape(cell) for cell in row) for row in outcomes.table(kept, str)) + "\n"
    for before, after in changes:
        text = text.replace(before, after)
    return text


def prices() -> list[int]:
    return sorted(int(price) for price in Piece.objects.values_list("price", flat=True))
