"""The back office: stores as a workbook, out of it and into it; employees who leave or change their role."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from openpyxl import Workbook, load_workbook

from stores.models import Employee, ExportRecord, Store
from tests.conftest import SignIn

STORES, EMPLOYEES = "/backoffice/stores/store/", "/backoffice/stores/employee/"


def workbook(*rows: list[str]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("stores.xlsx", out.getvalue())


def as_it_stands(browser: Browser, address: str) -> dict[str, Any]:
    """A form of the back office as its page shows it."""
    form = browser.get(address).context["adminform"].form
    shown = {form[name].html_name: form[name].value() for name in form.fields}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def test_stores_go_out_as_a_workbook(admin: Employee, store: Store, signed_in: SignIn) -> None:
    answer = signed_in(admin).post(
        f"{STORES}export/", {"format": "0", "resource": "", "storeresource_code": "on", "storeresource_name": "on"}
    )

    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == ("code", store.code)
    record = ExportRecord.objects.get()
    assert (record.what, record.rows, record.by) == ("store", 1, admin)


def test_a_workbook_of_stores_changes_those_it_knows_and_opens_others(admin: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(admin)
    file = workbook(["code", "name", "city", "time_zone"], [store.code, "Новое имя", "Находка", "Asia/Vladivostok"],
                    ["nakhodka", "Находка", "Находка", "Asia/Vladivostok"])  # fmt: skip

    looked = browser.post(f"{STORES}import/", {"format": "0", "import_file": file, "resource": ""})
    confirm = looked.context["confirm_form"].initial
    browser.post(f"{STORES}process_import/", {**confirm, "resource": ""})

    assert dict(Store.objects.values_list("code", "name")) == {store.code: "Новое имя", "nakhodka": "Находка"}


def test_a_file_that_is_no_workbook_is_refused_with_words(admin: Employee, signed_in: SignIn) -> None:
    file = SimpleUploadedFile("stores.xlsx", b"code;name\n1;2\n")

    answer = signed_in(admin).post(f"{STORES}import/", {"format": "0", "import_file": file, "resource": ""})

    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "status", "kept"), [("8 (423) 222-33-44", 302, "+74232223344"), ("нет", 200, ""), ("", 302, "")]
)
def test_the_phone_of_a_store_is_typed_in_any_writing(
    admin: Employee, store: Store, signed_in: SignIn, typed: str, status: int, kept: str
) -> None:
    browser, page = signed_in(admin), f"{STORES}{store.pk}/change/"
    seen = as_it_stands(browser, page)

    answer = browser.post(page, {**seen, "phone": typed})

    assert answer.status_code == status
    assert Store.objects.values_list("phone", flat=True).get() == kept
    if kept:
        assert 'value="+7 423 222-33-44"' in browser.get(page).content.decode()
    if status == 200:
        assert list(answer.context["adminform"].form.errors) == ["phone"]


def test_a_workbook_of_stores_carries_phones_there_and_back(admin: Employee, store: Store, signed_in: SignIn) -> None:
    Store.objects.update(phone="8 423 222-33-44")
    browser = signed_in(admin)
    fields = {"storeresource_code": "on", "storeresource_name": "on", "storeresource_phone": "on"}
    sent = browser.post(f"{STORES}export/", {"format": "0", "resource": "", **fields}).content

    looked = browser.post(
        f"{STORES}import/", {"format": "0", "resource": "", "import_file": SimpleUploadedFile("stores.xlsx", sent)}
    )
    wrong = workbook(["code", "name", "phone"], [store.code, store.name, "нет"])
    refused = browser.post(f"{STORES}import/", {"format": "0", "resource": "", "import_file": wrong})

    head, row = load_workbook(BytesIO(sent)).worksheets[0].iter_rows(values_only=True)
    assert row[head.index("phone")] == "+7 423 222-33-44"
    assert [row.import_type for row in looked.context["result"].valid_rows()] == ["skip"]
    assert list(refused.context["result"].invalid_rows[0].error_dict) == ["phone"]


def test_dismissed_in_the_back_office_is_signed_out(admin: Employee, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    office, said = signed_in(admin), {"action": "dismiss", "_selected_action": seller.pk}
    asked = office.post(EMPLOYEES, said)
    seller.refresh_from_db()
    assert (seller.is_active, 'name="sure"' in asked.content.decode()) == (True, True)

    office.post(EMPLOYEES, {**said, "sure": "1"})

    seller.refresh_from_db()
    assert (seller.is_active, browser.get("/").status_code) == (False, 302)


@pytest.mark.parametrize(("role", "epoch"), [("manager", 1), ("seller", 0)])
def test_another_role_ends_the_sessions_and_another_name_does_not(
    admin: Employee, seller: Employee, signed_in: SignIn, role: str, epoch: int
) -> None:
    browser, page = signed_in(admin), f"{EMPLOYEES}{seller.pk}/change/"
    answer = browser.post(page, {**as_it_stands(browser, page), "first_name": "Вера", "role": role})

    seller.refresh_from_db()
    assert (answer.status_code, seller.first_name, seller.role, seller.session_epoch) == (302, "Вера", role, epoch)


def test_two_admins_at_one_store_do_not_undo_each_other(admin: Employee, store: Store, signed_in: SignIn) -> None:
    browser, address = signed_in(admin), f"{STORES}{store.pk}/change/"
    seen = as_it_stands(browser, address)
    browser.post(address, {**seen, "name": "Роскошь", "city": "Чита"})

    browser.post(address, {**seen, "address": "Ленина, 1"})
    asked = browser.post(address, {**seen, "name": "Блеск"})

    store.refresh_from_db()
    assert (store.name, store.city, store.address) == ("Роскошь", "Чита", "Ленина, 1")
    told = asked.context["adminform"].form.changed_meanwhile
    assert (told[0].now, told[0].typed, told[0].author.who) == ("Роскошь", "Блеск", admin)


def test_stores_given_to_an_employee_meanwhile_stay_theirs(
    admin: Employee, seller: Employee, other_store: Store, signed_in: SignIn
) -> None:
    browser, address = signed_in(admin), f"{EMPLOYEES}{seller.pk}/change/"
    seen = as_it_stands(browser, address)
    seller.stores.add(other_store)

    browser.post(address, {**seen, "first_name": "Ольга"})

    seller.refresh_from_db()
    assert (seller.first_name, seller.stores.count()) == ("Ольга", 2)


def test_an_admin_permits_and_forbids_and_leaves_what_another_admin_said(
    admin: Employee, seller: Employee, signed_in: SignIn
) -> None:
    browser, address = signed_in(admin), f"{EMPLOYEES}{seller.pk}/change/"
    opened = {**as_it_stands(browser, address), "rights_seen": "{}"}
    Employee.objects.filter(pk=seller.pk).update(rights={"cards": True})

    answer = browser.post(address, {**opened, "right_exports": "given", "right_texts": "taken"})

    seller.refresh_from_db()
    assert (answer.status_code, seller.rights) == (302, {"cards": True, "exports": True, "texts": False})
    browser.post(address, {**as_it_stands(browser, address), "right_texts": "", "rights_seen": json.dumps(seller.rights)})
    seller.refresh_from_db()
    assert seller.rights == {"cards": True, "exports": True}
    assert seller.history.first().rights == seller.rights


def test_what_has_a_page_of_the_product_stands_in_no_list_here(admin: Employee, signed_in: SignIn) -> None:
    browser = signed_in(admin)

    page, empty = browser.get("/backoffice/").content.decode(), browser.get("/backoffice/inquiries/webform/").content.decode()

    assert [address in page for address in (STORES, EMPLOYEES, "/backoffice/clients/occasionkind/")] == [False, False, True]
    assert ("Пока пусто" in empty, "No results" in empty) == (True, False)


def test_what_the_library_says_is_russian_too(admin: Employee, signed_in: SignIn) -> None:
    page = signed_in(admin).get("/backoffice/inquiries/webform/add/").content.decode()

    assert ("Go back" in page, "Вернуться к списку" in page, "Select value" in page) == (False, True, False)
