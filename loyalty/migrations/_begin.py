"""A seal for friends' codes, and indexes that nobody asks."""

import hashlib

from django.conf import settings

# Nobody looks for what begins so; each of them was written for each move of bonuses.
UNASKED = ["loyalty_lot", "loyalty_entry"]


def leave_unasked(apps, schema_editor):
    """The indexes that Django adds for LIKE on PostgreSQL wait until the tables stand: those are not made."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.deferred_sql = [statement for statement in schema_editor.deferred_sql if not _is_unasked(statement)]


def _is_unasked(statement):
    return "_like" in str(statement) and any(statement.references_table(table) for table in UNASKED)


def keep_seal(apps, schema_editor):
    """Codes that people have hold on: the base keeps what the server's secret has sealed them by."""
    secret = hashlib.sha256(b"loyalty.friends" + settings.SECRET_KEY.encode()).hexdigest()
    apps.get_model("loyalty", "FriendsSeal").objects.get_or_create(pk=1, defaults={"secret": secret})
