"""An admin brings a list in, page by page."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from clients.models import CardState, Client
from imports import services
from imports.models import ColumnMap, ImportState, ListImport
from imports.passes import engine
from stores.models import Employee, ExportRecord, Store
from tests.conftest import DATA, Sell, SignIn
from tests.factories import ClientFactory
from tests.imports.brought import HEADER, keep
from tests.imports.paging import Go, column_choices, upload
from tests.present import present

LEGACY = DATA / "legacy-list/clients.csv"


@pytest.fixture
def planned(go: Go) -> ListImport:
    """The legacy list, previewed."""
    upload(go.browser, LEGACY.read_bytes())
    found = ListImport.objects.get()
    go("columns", found.pk, **column_choices(found))
    found.refresh_from_db()
    return found


def test_upload_columns_preview_apply_undo(go: Go, planned: ListImport) -> None:
    assert (planned.state, Client.objects.count()) == (ImportState.PLANNED, 0)
    assert go.browser.get(reverse("imports:list", args=[planned.pk])).status_code == 200

    go("step", planned.pk, "apply")
    planned.refresh_from_db()
    assert (planned.state, Client.objects.count()) == (ImportState.APPLIED, 25)
    assert b"".join(go.browser.get(reverse("imports:original", args=[planned.pk]))) == LEGACY.read_bytes()

    go("step", planned.pk, "undo")
    planned.refresh_from_db()
    assert (planned.state, Client.objects.count()) == (ImportState.UNDONE, 0)
    assert go.browser.get(reverse("imports:list", args=[planned.pk])).status_code == 200


def test_pressing_apply_twice_applies_once(go: Go, planned: ListImport) -> None:
    go("step", planned.pk, "apply")
    response = go("step", planned.pk, "apply")

    assert response.status_code == 302
    assert Client.objects.count() == 25


def test_columns_are_mapped_by_hand_and_remembered(go: Go, admin: Employee) -> None:
    upload(go.browser, "А;Б;В\nИванов Иван;01.02.1980;89147012233\n".encode())
    found = ListImport.objects.get()

    refused = go("columns", found.pk, column_1="birth_date")
    assert refused.status_code == 422
    go("columns", found.pk, column_0="full_name", column_1="birth_date", column_2="phone")
    found.refresh_from_db()
    assert (found.state, found.counts) == (ImportState.PLANNED, {"incomplete": 1})

    upload(go.browser, "А;Б;В\nПетров Пётр;01.02.1981;89147012234\n".encode())
    second = ListImport.objects.latest("pk")
    assert second.layout["columns"] == {"full_name": 0, "birth_date": 1, "phone": 2}
    assert second.layout["remembered"]
    assert ColumnMap.objects.get().by == admin


def test_one_column_is_not_chosen_twice(go: Go) -> None:
    upload(go.browser, LEGACY.read_bytes())
    found = ListImport.objects.get()

    response = go("columns", found.pk, column_0="full_name", column_1="full_name", column_2="phone")

    assert response.status_code == 422
    assert any(name.startswith("column_") for name in response.context["form"].errors)


def test_a_wrong_encoding_is_put_right_by_hand(go: Go) -> None:
    upload(go.browser, "ФИО;Телефон\nГринёв Пётр;89147012233\n".encode("cp866"))
    found = ListImport.objects.get()
    go("layout", found.pk, encoding="koi8-r", delimiter=";", header_row="0")
    found.refresh_from_db()
    assert found.layout["encoding"] == "koi8-r"

    go("layout", found.pk, encoding="cp866", delimiter=";", header_row="0")
    found.refresh_from_db()

    assert (found.layout["encoding"], found.layout["columns"]) == ("cp866", {"full_name": 0, "phone": 1})


def test_a_list_without_headers_begins_with_its_first_row(go: Go) -> None:
    upload(go.browser, "Иванов Иван;89147012233\nПетров Пётр;89147012234\n".encode())
    found = ListImport.objects.get()
    go("layout", found.pk, encoding="utf-8-sig", delimiter=";", header_row="-1")
    go("columns", found.pk, column_0="full_name", column_1="phone")
    found.refresh_from_db()

    assert (found.rows_total, found.counts) == (2, {"incomplete": 2})


def test_what_is_no_table_is_refused_beside_the_field(go: Go) -> None:
    response = upload(go.browser, bytes(range(256)) * 40)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert ListImport.objects.get().state == ImportState.FAILED


def test_a_conflict_is_decided_with_one_key_before_and_after(go: Go, planned: ListImport) -> None:
    page = go.browser.get(reverse("imports:settle_page", args=[planned.pk]))
    assert [choice.value for choice, _key in page.context["choices"]] == ["same", "take", "other", "skip"]
    row = page.context["row"]

    go("settle", planned.pk, row.number, decision="skip")
    go("step", planned.pk, "apply")
    rest = go.browser.get(reverse("imports:settle_page", args=[planned.pk])).context["row"]
    go("settle", planned.pk, rest.number, decision="other")

    planned.refresh_from_db()
    assert planned.rows.get(number=row.number).decision == "skip"
    assert planned.rows.get(number=rest.number).outcome == "incomplete"
    assert planned.counts["conflict"] == 1
    assert sum(planned.counts.values()) == planned.rows_total
    assert Client.objects.count() == 26


def test_outcomes_come_as_xlsx_and_csv_and_are_logged(go: Go, planned: ListImport) -> None:
    answer = go.browser.get(reverse("imports:outcomes", args=[planned.pk, "csv"]))
    rows = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))
    book = load_workbook(BytesIO(go.browser.get(reverse("imports:outcomes", args=[planned.pk, "xlsx"])).content))

    assert len(rows) == book.worksheets[0].max_row == planned.rows_total + 1
    assert [record.rows for record in ExportRecord.objects.all()] == [32, 32]


def test_corrected_outcomes_take_the_places_of_their_former_rows(go: Go) -> None:
    upload(go.browser, "ФИО;Дата рождения;Телефон;E-mail\n=2+2;;;\nОрлова Анна;01.02.1980;;orlova@mail,ru\n".encode())
    first = ListImport.objects.get()
    go("columns", first.pk, **column_choices(first))
    go("step", first.pk, "apply")
    answer = go.browser.get(reverse("imports:outcomes", args=[first.pk, "csv"]))
    text = b"".join(answer).decode("utf-8-sig")
    assert "'=2+2" in text
    text = text.replace("'=2+2", "Белов Пётр").replace(";;orlova@mail,ru", ";89147012233;orlova@mail.ru")

    upload(go.browser, text.encode(), name="исправлено.csv")
    second = ListImport.objects.latest("pk")
    go("columns", second.pk, **column_choices(second))
    go("step", second.pk, "apply")
    second.refresh_from_db()

    assert (second.corrects, second.counts) == (first, {"incomplete": 1, "updated": 1})
    assert set(first.rows.values_list("replaced_by", flat=True)) == {second.pk}
    card = Client.objects.get(last_name="Орлова")
    assert (card.state, card.email, card.phone) == (CardState.COMPLETE, "orlova@mail.ru", "+79147012233")
    assert Client.objects.count() == 2


def test_a_suggested_address_is_written_when_somebody_accepts_it(go: Go) -> None:
    upload(go.browser, "ФИО;E-mail\nОрлова Анна;orlova@mail,ru\n".encode())
    found = ListImport.objects.get()
    go("columns", found.pk, **column_choices(found))
    go("step", found.pk, "apply")
    assert Client.objects.get().email is None
    assert "orlova@mail.ru" in go.browser.get(reverse("imports:list", args=[found.pk])).content.decode()

    go("accept", found.pk, 1)

    assert Client.objects.get().email == "orlova@mail.ru"


def test_a_seller_sees_no_list(seller: Employee, signed_in: SignIn, planned: ListImport) -> None:
    browser = signed_in(seller)

    for name in ("list", "columns", "settle_page", "original"):
        assert browser.get(reverse(f"imports:{name}", args=[planned.pk])).status_code == 403


def test_lists_keep_their_number_of_queries(go: Go, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    counts = []
    for _list in range(2):
        upload(go.browser, LEGACY.read_bytes())
        with django_assert_max_num_queries(6) as captured:
            go.browser.get(reverse("imports:lists"))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_outcomes_too_many_for_a_workbook_go_out_as_csv(
    admin: Employee, signed_in: SignIn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = ListImport.objects.create(spec="clients", created_by=admin, layout={"headers": ["=1"]})
    for number in (1, 2):
        kept.rows.create(number=number, raw=["a"], outcome="rejected")
    monkeypatch.setattr("imports.exports.MOST_ROWS", 1)
    browser = signed_in(admin)

    book, text = browser.get(f"/lists/{kept.pk}/outcomes.xlsx"), browser.get(f"/lists/{kept.pk}/outcomes.csv")

    assert book["Location"] == f"/lists/{kept.pk}/"
    assert len(b"".join(text).splitlines()) == 3
    assert [record.rows for record in ExportRecord.objects.all()] == [2]


def test_a_large_file_is_read_in_the_background(
    go: Go, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.IMPORT_READ_AT_ONCE_BYTES = 10

    with django_capture_on_commit_callbacks() as waiting:
        answer = upload(go.browser, LEGACY.read_bytes())

    found = ListImport.objects.get()
    assert (answer.status_code, found.state, len(waiting)) == (302, ImportState.UPLOADED, 1)
    waiting[0]()
    found.refresh_from_db()
    assert found.state == ImportState.READ


def test_a_page_of_a_list_whose_columns_wait_leads_to_them_and_back(go: Go, planned: ListImport) -> None:
    page, columns = reverse("imports:list", args=[planned.pk]), reverse("imports:columns", args=[planned.pk])
    assert go.browser.get(columns)["Location"] == page

    services.back_to_columns(planned)

    assert go.browser.get(page)["Location"] == columns
    assert go.browser.get(page, headers={"HX-Request": "true"})["HX-Redirect"] == columns
    assert go.browser.get(columns).status_code == 200


def test_a_layout_that_reads_nothing_is_refused_with_words_and_the_former_stays(go: Go) -> None:
    upload(go.browser, "ФИО;Телефон\n\nКим Анна;89147012233\n".encode())
    found = ListImport.objects.get()

    refused = go("layout", found.pk, encoding="utf-8-sig", delimiter=";", header_row="1")
    go("layout", found.pk, encoding="нет", header_row="0")

    after = ListImport.objects.get()
    assert len(list(get_messages(refused.wsgi_request))) == 1
    assert (after.state, after.error, after.layout) == (ImportState.READ, "", found.layout)


def test_a_list_has_no_other_steps(go: Go, planned: ListImport) -> None:
    assert go("step", planned.pk, "burn").status_code == 404
    assert ListImport.objects.get().state == ImportState.PLANNED


def test_what_a_row_does_not_ask_is_refused_and_a_word_is_taken_back(go: Go, planned: ListImport) -> None:
    row = present(planned.rows.filter(outcome="conflict").first())

    assert go("settle", planned.pk, row.number, decision="burn").status_code == 400
    go("settle", planned.pk, 1, decision="take")
    go("settle", planned.pk, row.number, decision="skip")
    assert dict(planned.rows.exclude(decision="").values_list("number", "decision")) == {row.number: "skip"}
    back = go("settle", planned.pk, row.number, decision="")

    assert back["Location"] == reverse("imports:list", args=[planned.pk])
    assert not planned.rows.exclude(decision="").exists()


def test_a_card_that_is_in_use_is_told_and_stays(go: Go, sell: Sell) -> None:
    ClientFactory.create(last_name="Орлова", first_name="Анна", middle_name="", birth_date=date(1980, 2, 1))
    kept = engine.apply(keep(HEADER + "Орлово Анна;01.02.1980;89149992233;x@example.ru\n"))
    sell(Client.objects.get(pk=present(kept.rows.get().subject)), date(2026, 1, 2), 1_000)

    answer = go("settle", kept.pk, 1, decision="same")

    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert (kept.rows.get().decision, Client.objects.count()) == ("", 2)


def test_where_nothing_is_left_to_decide_the_page_leads_back(go: Go) -> None:
    kept = engine.apply(keep(HEADER + "Ким Анна;01.02.1980;89149992233;x@example.ru\n"))

    answer = go.browser.get(reverse("imports:settle_page", args=[kept.pk]), {"after": "x"})

    assert answer["Location"] == reverse("imports:list", args=[kept.pk])


def test_the_columns_of_a_previewed_list_are_looked_at_again(go: Go, planned: ListImport) -> None:
    go("step", planned.pk, "again")

    assert ListImport.objects.get().state == ImportState.READ
    assert go.browser.get(reverse("imports:list", args=[planned.pk]))["Location"] == reverse("imports:columns", args=[planned.pk])
