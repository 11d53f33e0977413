"""What the handler of a list is told of it."""

from clients.listing.handler import ClientsHandler
from imports.passes.handlers import context_of, handler_of
from stores.models import Role
from tests import factories
from tests.imports.brought import keep


def test_a_handler_knows_the_list_that_its_rows_come_from(db: None) -> None:
    admin = factories.employee(Role.ADMIN)
    kept = keep("ФИО;Магазин\nИванов Иван; Роскошь  Дуэт\nПетров Пётр;Роскошь Дуэт\n", source="1c")
    kept.created_by, kept.prefer, kept.takes_stores = admin, ["email", "phone"], True

    told = context_of(kept, write=True)

    assert told._replace(now=kept.created_at) == (
        kept.pk, "1c", True, kept.created_at, True, admin.pk, ("Роскошь Дуэт",), frozenset({"email", "phone"}), True, False, None,
    )  # fmt: skip
    assert told.origin == f"list {kept.pk}"


def test_the_handler_is_the_one_of_the_lists_app(db: None) -> None:
    assert isinstance(handler_of(keep("ФИО\nИванов Иван\n"), write=False), ClientsHandler)
