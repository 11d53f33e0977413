"""Whether a base, or the copy of one, can go on with this version."""

from collections.abc import Collection

from django.db.migrations.loader import MigrationLoader


def forgotten(applied: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the applied migrations (app, name) that this version knows no more, in their order.

    A step that a squashed migration replaces is known to a base that took all steps of it: from only some no way leads on.
    """
    steps = {*applied}
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {step for migration in known.values() if steps >= {*migration.replaces} for step in migration.replaces}
    return [step for step in applied if step not in known and step not in replaced]
