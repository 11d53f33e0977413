"""A base of before the first release says so, instead of breaking at its first table."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from crm_site.lineage import forgotten


@register(Tags.database)
def base_is_of_this_line(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Migrations that were applied and are known no more: one query a base."""
    return [message for alias in databases or () for message in _forgotten(alias)]


def _forgotten(alias: str) -> list[CheckMessage]:
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    if not any(app in settings.HOUSE for app, _name in forgotten(applied)):
        return []
    words = "The base comes from a version before the first release, and no migration leads from there to here."
    hint = (
        "Nothing was changed. Move the data folder away (var/, or DATA_DIR) or name a new base by DATABASE_URL, and start again. "
        "What is worth keeping goes out as lists from the former version and comes in again as lists."
    )
    return [Error(words, hint=hint, id="carat.E001")]
