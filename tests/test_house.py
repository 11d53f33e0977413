"""What holds the house together: declared policies, foreign keys that point left, no forgotten migration."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from clients import parts
from clients.models import Client
from messaging import errands
from messaging.models import Message
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from stores.policies import ANYBODY, Policy, policy_of
from tests import factories
from tests.conftest import SignIn
from tests.present import present
from workshop.models import ServiceRequest

pytestmark = pytest.mark.once
HOUSE = settings.HOUSE
KNOWN_PUBLIC = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
    "mfa_authenticate", "login", "logout", "choose_language", "choose_theme", "health", "health_live", "mfa_reauthenticate",
    "chat_update", "status_push", "worker", "status_connect", "status_disconnect", "status_connect_again",
    "kannel_receipt", "kannel_reply", "smsc", "unsubscribe", "choose_topics", "letter", "shown_photo", "review", "manifest",
    "status", "status_ask", "status_by_email", "status_enter", "status_again", "status_answer", "status_photo", "status_consent", "status_keep_day",
    "status_forget_day", "status_question", "status_leave", "status_language", "status_topic", "status_of", "status_by_qr",
    "friend", "one_c", "join", "join_code", "join_code_again", "join_done",
    "web_form", "choose_hour", "opened", "leave", "switch", "mark",
}  # fmt: skip


# Made anew from what other apps keep: they have nothing of their own to give or to forget.
DERIVED = {"visits"}


def every_pattern(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        found += every_pattern(entry, where) if isinstance(entry, URLResolver) else [(where, entry)]
    return found


PATTERNS = every_pattern()
SAMPLES = {"int": "{pk}", "path": "{pk}", "slug": "apply", "str": "csv", "uuid": "00000000-0000-4000-8000-000000000000"}


def address_of(where: str, pk: str) -> str:
    """An address of a pattern, its parts filled in."""
    return "/" + re.sub(r"<(\w+):\w+>", lambda part: SAMPLES[part[1]].format(pk=pk), where)


def test_every_address_declares_who_may_use_it() -> None:
    undeclared = [where for where, pattern in PATTERNS if policy_of(pattern.callback) is None]

    assert undeclared == []


def test_what_is_public_is_public_on_purpose() -> None:
    public = {pattern.name for _where, pattern in PATTERNS if policy_of(pattern.callback) == ANYBODY}

    assert public <= KNOWN_PUBLIC


OURS = [
    (where, pattern.callback.policy)
    for where, pattern in PATTERNS
    if hasattr(pattern.callback, "policy") and not where.startswith(("backoffice", "api/openapi")) and where != "api/"
]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("where", "policy"), OURS)
def test_a_role_gets_only_what_is_declared(where: str, policy: Policy, role: Role, store: Store, signed_in: SignIn) -> None:
    employee = factories.employee(role, store)
    address = address_of(where, "987654")

    status = signed_in(employee).get(address).status_code

    permitted = policy.roles is None or (role.value in policy.roles and not policy.lacks(employee, "GET"))
    assert status in (401, 405) if policy.by_key else (status != 403) == permitted


PERMITTED = [(where, policy) for where, policy in OURS if policy.right or policy.to_change]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("where", "policy"), PERMITTED)
def test_what_speaks_for_the_chain_is_permitted_to_a_person(
    where: str, policy: Policy, role: Role, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    """Somebody of one store of two: without a word of an admin, with it, and with the contrary; an admin always may."""
    employee = factories.employee(role, store)
    right, post = policy.right or policy.to_change, bool(policy.to_change)
    in_role = policy.roles is not None and role.value in policy.roles

    def is_let_in() -> bool:
        browser, address = signed_in(employee), address_of(where, "987654")
        return (browser.post(address) if post else browser.get(address)).status_code != 403

    for said, may in ((None, role == Role.ADMIN), (True, True), (False, role == Role.ADMIN)):
        Employee.objects.filter(pk=employee.pk).update(rights={} if said is None else {right: said})
        assert is_let_in() == (in_role and may)


NUMBER = 987654
SHOWN = ("701-22-33", "9147012233", "anna@contact.example")


def a_card_with_everything(store: Store) -> None:
    """One card, and of what points at it one row each, all under one number."""
    client = factories.ClientFactory.create(pk=NUMBER, home_store=store, phone="+79147012233", email="anna@contact.example")
    Purchase.objects.create(pk=NUMBER, store=store, client=client, sold_on=store.today())
    ServiceRequest.objects.create(pk=NUMBER, store=store, client=client, number="1", accepted_on=store.today(), kind="cleaning")
    now = timezone.now()
    Message.objects.create(
        pk=NUMBER, client=client, store=store, source="birthday", occasion_key="birthday:1", text="-", recipient=client.phone,
        send_after=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    errands.ask_for(client, store=store, occasion_key="call:1", reason="-", due_on=store.today(), is_service=True)


def test_every_page_that_shows_a_contact_counts_as_a_look_up(store: Store, admin: Employee, signed_in: SignIn) -> None:
    a_card_with_everything(store)
    browser = signed_in(admin)
    pages = [(where, pattern.callback) for where, pattern in PATTERNS if hasattr(pattern.callback, "policy")]
    ours = [(where, view) for where, view in pages if not where.startswith(("backoffice", "api/", "s/", "u/"))]

    shown = set()
    for where, view in ours:
        for query in ("", f"?client={NUMBER}&q=Иванова"):
            answer = browser.get(address_of(where, str(NUMBER)) + query)
            text = b"" if answer.streaming else answer.content
            if answer.status_code == 200 and any(contact.encode() in text for contact in SHOWN):
                shown.add((where, hasattr(view, "shows_contacts")))

    assert sorted(where for where, counts in shown if not counts) == []
    assert len(shown) >= 12


@pytest.mark.parametrize("where", [where for where, policy in OURS if policy.roles])
def test_a_stranger_is_sent_to_sign_in(where: str, client: Browser, db: None) -> None:
    response = client.get(address_of(where, "1"))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/")


@pytest.mark.parametrize("address", ["/backoffice/", "/backoffice/stores/employee/", "/backoffice/stores/store/add/"])
def test_the_back_office_is_the_admins(
    address: str, seller: Employee, manager: Employee, admin: Employee, signed_in: SignIn
) -> None:
    assert [signed_in(one).get(address).status_code for one in (seller, manager, admin)] == [403, 403, 200]


def test_foreign_keys_point_left() -> None:
    places = {name: place for place, name in enumerate(HOUSE)}
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in places
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False) and not field.auto_created
        if places.get(present(field.related_model)._meta.app_label, -1) > places[model._meta.app_label]
    ]

    assert wrong == []


def test_every_app_that_keeps_something_about_clients_has_a_part() -> None:
    keeping = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False) and field.related_model is Client and model._meta.app_label != "clients"
    }

    assert keeping - DERIVED <= {parts.name_of(part) for part in parts.every()}


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_health_answers(client: Browser, db: None) -> None:
    assert client.get("/health/?format=json").status_code == 200
