"""Another system brings a list in."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import DjangoCaptureOnCommitCallbacks

from clients.models import Client
from imports.models import ListImport
from stores import services
from stores.models import Employee, Store
from tests.answers import Answer
from tests.conftest import DATA


class Ask:
    """``ask("get", "/api/lists/1/")`` with the key of an admin; the worker does its part."""

    def __init__(self, admin: Employee, committing: DjangoCaptureOnCommitCallbacks) -> None:
        self.key, secret = services.issue_api_key("1C", employee=admin)
        self.browser = Browser(headers={"Authorization": f"Bearer {secret}"})
        self.committing = committing

    def __call__(self, method: str, path: str, data: dict[str, Any] | None = None) -> Answer:
        with self.committing(execute=True):
            answer: Answer = getattr(self.browser, method)(path, data or {})
        return answer


@pytest.fixture
def ask(admin: Employee, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Ask:
    return Ask(admin, django_capture_on_commit_callbacks)


def file_of(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_another_system_brings_a_list_in_and_follows_it(ask: Ask, admin: Employee) -> None:
    taken = ask("post", "/api/lists/", {"kind": "clients", "file": file_of(DATA / "legacy-list/clients.csv"), "go_on": "apply"})
    assert taken.status_code == 202
    pk = taken.json()["id"]

    progress = ask("get", f"/api/lists/{pk}/").json()

    assert (progress["state"], progress["rows_done"], sum(progress["counts"].values())) == ("applied", 32, 32)
    assert Client.objects.count() == 25
    outcomes = b"".join(ask("get", f"/api/lists/{pk}/outcomes.csv")).decode()
    assert len(outcomes.splitlines()) == 33


def test_a_preview_waits_for_apply_and_comes_back_by_undo(ask: Ask) -> None:
    pk = ask("post", "/api/lists/", {"kind": "clients", "file": file_of(DATA / "legacy-list/clients.csv")}).json()["id"]
    assert ask("get", f"/api/lists/{pk}/").json()["state"] == "planned"

    assert ask("post", f"/api/lists/{pk}/undo/").status_code == 409
    assert ask("post", f"/api/lists/{pk}/apply/").status_code == 202
    assert ask("post", f"/api/lists/{pk}/undo/").status_code == 202

    assert ask("get", f"/api/lists/{pk}/").json()["state"] == "undone"
    assert not Client.objects.exists()


def test_a_file_that_cannot_be_read_says_why(ask: Ask) -> None:
    pk = ask("post", "/api/lists/", {"kind": "clients", "file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n")}).json()["id"]

    answer = ask("get", f"/api/lists/{pk}/").json()

    assert (answer["state"], bool(answer["error"])) == ("failed", True)
    assert ask("post", "/api/lists/", {"kind": "cats", "file": SimpleUploadedFile("x.csv", b"a")}).status_code == 422


@pytest.mark.parametrize("header", ["", "Bearer nonsense"])
def test_without_a_key_nothing_opens(db: None, header: str) -> None:
    assert Browser(headers={"Authorization": header}).get("/api/lists/1/").status_code == 401


def test_a_revoked_key_and_a_dismissed_admin_open_nothing(ask: Ask, admin: Employee) -> None:
    assert ask("get", "/api/lists/999/").status_code == 404
    services.dismiss(admin)
    assert ask("get", "/api/lists/999/").status_code == 401
    admin.is_active = True
    admin.save()
    services.revoke_api_key(ask.key)

    assert ask("get", "/api/lists/999/").status_code == 401


def test_a_manager_has_no_use_for_a_key(manager: Employee) -> None:
    _key, secret = services.issue_api_key("x", employee=manager)

    assert Browser(headers={"Authorization": f"Bearer {secret}"}).get("/api/lists/1/").status_code == 401


def test_what_nobody_understands_waits_and_is_counted(ask: Ask, store: Store) -> None:
    file = SimpleUploadedFile("p.csv", "Дата;Сумма;Магазин\n01.02.2026;500;Нигде\n02.02.2026;500;luxury\n".encode())

    pk = ask("post", "/api/lists/", {"kind": "purchases", "file": file, "go_on": "apply"}).json()["id"]

    told = ask("get", f"/api/lists/{pk}/").json()
    assert (told["state"], told["counts"], told["values_to_say"]) == ("applied", {"conflict": 1, "created": 1}, 1)
    outcomes = b"".join(ask("get", f"/api/lists/{pk}/outcomes.csv")).decode()
    assert "Магазин «Нигде»: что это значит, неизвестно; скажите на странице значений" in outcomes


NAMELESS = b"Kim Anna;89147012233;x;anna@example.ru\nKim Vera;89147012234;y;vera@example.ru\n"


def test_a_list_that_does_not_name_its_columns_is_told_them(ask: Ask) -> None:
    data = {"kind": "clients", "file": SimpleUploadedFile("a.csv", NAMELESS), "go_on": "apply"}

    refused = ask("post", "/api/lists/", data).json()["id"]
    data["file"] = SimpleUploadedFile("a.csv", NAMELESS)
    taken = ask("post", "/api/lists/", data | {"columns": "full_name, phone,, email"}).json()["id"]

    error = ask("get", f"/api/lists/{refused}/").json()
    assert (error["state"], "columns" in error["error"], "full_name" in error["error"]) == ("failed", True, True)
    assert ask("get", f"/api/lists/{taken}/").json()["counts"] == {"incomplete": 2}
    assert set(Client.objects.values_list("email", flat=True)) == {"anna@example.ru", "vera@example.ru"}


@pytest.mark.parametrize("columns", ["full_name,colour", "full_name,full_name", "phone,email"])
def test_columns_that_cannot_be_are_refused_with_words(ask: Ask, columns: str) -> None:
    data = {"kind": "clients", "file": SimpleUploadedFile("a.csv", NAMELESS), "columns": columns}

    answer = ask("post", "/api/lists/", data)

    assert (answer.status_code, bool(answer.json()["detail"]), ListImport.objects.exists()) == (422, True, False)
