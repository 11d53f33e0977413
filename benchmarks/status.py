"""Requests per second of one granian: a client's own page beside its first step, the emptiest page of the same server.

``status`` is one client who looks again and again; ``status-first`` is another client at each look, so nothing is kept of it.
"""

from itertools import cycle

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from benchmarks.measure import tell
from benchmarks.page import _in_turn, _server
from clients.models import Client
from portal.views.page import SIGNED

PEOPLE = 5_000


def run(scale: float) -> bool:
    call_command("collectstatic", interactive=False, verbosity=0)
    with _server("crm_site.wsgi:application", 8793) as ours:
        one, *others = [f"sessionid={key}" for key in _sessions()]
        rates = _in_turn({
            "status": (ours, "/s/", cycle([one])), "first": (ours, "/s/", cycle(others)), "bare": (ours, "/s/", cycle([""])),
        })  # fmt: skip
    held = tell("status", scale, 1 / rates["status"], 1 / rates["bare"], at_most=5)
    return tell("status-first", scale, 1 / rates["first"], 1 / rates["bare"], at_most=15) and held


def _sessions() -> list[str]:
    """Of people with purchases; more of them than one server can be asked for while a page is kept."""
    people = Client.objects.filter(purchases__isnull=False).order_by("pk").values_list("pk", flat=True).distinct()[:PEOPLE]
    keys = []
    for somebody in people:
        session = SessionStore()
        session[SIGNED] = {"client": somebody, "seen": timezone.now().timestamp()}
        session.create()
        keys.append(str(session.session_key))
    return keys
