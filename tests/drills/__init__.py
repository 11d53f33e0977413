"""Drills: the whole product under kills, restarts and lost connections. ``python -m tests.drills.outbox --help``."""
