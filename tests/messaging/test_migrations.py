"""A base from before the outbox was rebuilt keeps its messages and texts."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("messaging", "0001_initial"), ("campaigns", "0002_birthday_program"), ("clients", "0006_indexes_for_resemblance")]


@pytest.mark.django_db(transaction=True)
def test_messages_and_templates_of_before_are_understood():
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    try:
        _fill(old)
    finally:
        again = MigrationExecutor(connection)
        again.migrate(newest)
    new = again.loader.project_state(newest).apps.get_model("messaging", "Message")

    found = new.objects.order_by("pk").values_list("state", "reason", "words", "channel", "source")
    assert list(found) == [
        ("expired", "late", "", "sms", "birthday"), ("failed", "gateway", "busy", "sms", "birthday"), ("sent", "", "", "sms", "birthday"),
        ("pending", "", "", "email", ""),
    ]  # fmt: skip
    assert new.objects.values("token").distinct().count() == 4
    new.objects.all().delete()


def _fill(old):
    client = old.get_model("clients", "Client").objects.create(state="incomplete", last_name="Иванова")
    message = old.get_model("messaging", "Message").objects
    facts = {
        "client": client,
        "recipient": "+79147012233",
        "text": "Ура",
        "send_after": "2026-01-01T00:00Z",
        "expires_at": "2026-01-02T00:00Z",
    }
    for number, (state, reason) in enumerate([("expired", "not sent in time"), ("failed", "busy"), ("sent", "")]):
        message.create(occasion_key=f"birthday:2026:{number}", state=state, reason=reason, purpose="advertising_sms", **facts)
    message.create(occasion_key="letter:1", state="pending", purpose="advertising_email", **facts)
