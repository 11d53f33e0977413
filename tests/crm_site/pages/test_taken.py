"""What was taken out, in words."""

import pytest

from crm_site.pages import taken
from stores.models import ExportRecord, Store


@pytest.mark.parametrize(
    ("what", "query", "words"),
    [
        ("services", "due=overdue&view=list&export=1", ("Сервис", "1 условие")),
        ("receipts", "first=2026-11-01&last=2026-11-30&store={store}&group=all&export=1", ("Чеки", "01.11.2026–30.11.2026 · {name} · 1 условие")),
        ("clients", "2026-11-01..2026-11-01 store=all", ("Клиенты", "01.11.2026")),
        ("silent-once", "", ("Молчащие клиенты", "")),
        ("person", "card=214", ("Все данные клиента", "карточка 214")),
        ("all-clients", "w0=kind&q=…&first=сегодня", ("Все клиенты", "2 условия")),
        ("of another day", "", ("of another day", "")),
    ],
)  # fmt: skip
def test_a_record_says_which_page_of_which_days_and_store(store: Store, what: str, query: str, words: tuple[str, str]) -> None:
    record = ExportRecord(what=what, query=query.format(store=store.pk))

    (told,) = taken.told([record])

    assert (told.record, told.what, told.narrowed) == (record, words[0], words[1].format(name=store.name))
