"""Requests per second of one granian: a client's own page beside its first step, the emptiest page of the same server."""

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from benchmarks.measure import tell
from benchmarks.page import _in_turn, _server
from clients.models import Client
from purchases.status_views import SIGNED


def run(scale: float) -> bool:
    call_command("collectstatic", interactive=False, verbosity=0)
    with _server("crm_site.wsgi:application", 8793) as ours:
        rates = _in_turn({
            "status": (ours, "/s/", {"Cookie": f"sessionid={_session()}"}),
            "bare": (ours, "/s/", {}),
        })  # fmt: skip
    return tell("status", scale, 1 / rates["status"], 1 / rates["bare"], at_most=5)


def _session() -> str:
    """Of somebody with purchases."""
    somebody = Client.objects.filter(purchases__isnull=False).values_list("pk", flat=True).order_by("pk")[7]
    session = SessionStore()
    session[SIGNED] = {"client": somebody, "seen": timezone.now().timestamp()}
    session.create()
    return str(session.session_key)
