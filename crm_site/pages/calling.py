"""What a seller should know of a client before calling: what they bought and like, what is open, what they agreed to."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.kinds import PieceKind
from clients.models import Client, Purpose
from crm_site.face.tags import ring_sizes
from messaging.beside import Fact
from purchases.models import Order, Piece
from stores.texts import writing
from visits.models import ClientActivity
from workshop.models import ServiceRequest, ServiceStatus

# Pieces of the last receipt that are named.
NAMED = 3
Facts = dict[int, list[Fact]]


def facts(clients: Collection[Client]) -> Facts:
    """Five queries, however many clients."""
    keys = [client.pk for client in clients]
    bought, habits, services, orders = _last_bought(keys), _habits(keys), _services(keys), _orders(keys)
    agreed = set(Client.objects.filter(pk__in=keys).agreed_to(Purpose.CALLS).values_list("pk", flat=True))
    found: Facts = {}
    for client in clients:
        pk = client.pk
        lines = [*bought.get(pk, []), *_likes(client), *habits.get(pk, []), *services.get(pk, []), *orders.get(pk, [])]
        found[pk] = [*lines, _consent(pk in agreed)]
    return found


def _consent(is_given: bool) -> Fact:
    words = _("agrees to them") if is_given else _("no consent: only about what is theirs, no offers")
    return Fact(_("Calls"), words, "good" if is_given else "warn")


def _likes(client: Client) -> list[Fact]:
    sizes, likes = ring_sizes(client.ring_size), " · ".join(part for part in (client.get_metal_display(), client.likes) if part)
    lines = [Fact(_("Ring size"), sizes)] if sizes else []
    return [*lines, Fact(_("Likes"), likes)] if likes else lines


def _last_bought(clients: list[int]) -> Facts:
    kept = Piece.objects.kept().filter(purchase__client__in=clients).order_by("-purchase__sold_on", "-pk")
    rows = kept.values_list("purchase__client", "purchase__sold_on", "kind", "article", "price")
    latest: dict[int, tuple[date, list[str]]] = {}
    for client, day, kind, article, price in rows.iterator():
        last, named = latest.setdefault(client, (day, []))
        if day == last and len(named) < NAMED:
            named.append(f"{PieceKind(kind).label} {article}, {writing.money(price)}")
    return {
        client: [Fact(_("Last bought"), f"{writing.day(day)}: {'; '.join(named)}")] for client, (day, named) in latest.items()
    }


def _habits(clients: list[int]) -> Facts:
    today, found = timezone.localdate(), {}
    for habit in ClientActivity.objects.filter(client__in=clients).select_related("client__rhythm"):
        words = writing.money(habit.spent)
        if habit.favourite_kind:
            words = _("%(money)s, mostly: %(kind)s") % {"money": words, "kind": PieceKind(habit.favourite_kind).label}
        lines = [Fact(_("Over all time"), words)]
        told = getattr(habit.client, "rhythm", None)
        if told and told.silent_from and told.silent_from <= today:
            lines.append(Fact(_("Silent since"), writing.day(told.silent_from), "warn"))
        elif told and told.expected_on:
            lines.append(Fact(_("Expected"), writing.day(told.expected_on)))
        found[habit.client_id] = lines
    return found


def _services(clients: list[int]) -> Facts:
    found: Facts = {}
    for request in ServiceRequest.objects.open().filter(client__in=clients).order_by("pk"):
        tone = "good" if request.status == ServiceStatus.READY else ""
        words = f"№ {request.number}, {request.description or request.get_kind_display()}: {request.get_status_display()}"
        found.setdefault(request.client_id, []).append(Fact(_("With us"), words, tone))
    return found


def _orders(clients: list[int]) -> Facts:
    found: Facts = {}
    for order in Order.objects.open().filter(client__in=clients).order_by("pk"):
        due = f", {writing.day(order.due_on)}" if order.due_on else ""
        words = f"№ {order}, {order.what}: {order.get_status_display()}{due}"
        found.setdefault(order.client_id, []).append(Fact(_("Ordered"), words))
    return found
