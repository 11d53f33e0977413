"""What a seller does now, in order: what is late, calls, what waits for its owners, regulars who are expected."""

from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clients.models import Client
from messaging import errands
from purchases import selectors as purchases_selectors
from purchases.models import OrderStatus
from stores.models import Store
from stores.texts.writing import day
from workshop import board
from workshop.models import ServiceStatus

SHOWN = 5  # of each kind: who does five comes back to the next
WEEK = timedelta(days=6)
AT_WORK = (ServiceStatus.RECEIVED, ServiceStatus.IN_WORK)


class Deed(NamedTuple):
    """A line: about whom or what, why, and the act that its link leads to."""

    icon: str
    about: str
    why: str
    act: str
    url: str
    is_late: bool = False


def deeds(store: Store, today: date) -> list[Deed]:
    """The most pressing first; seven queries, however much there is."""
    late = [*_late_pieces(store, today), *_late_orders(store, today)]
    return [*late, *_calls(store, today), *_ready(store), *_arrived(store), *_expected(store, today)]


def _late_pieces(store: Store, today: date) -> list[Deed]:
    requests = board.board([store]).filter(board.lying_in(store))
    pressing = board.pressing(today)
    found = requests.filter(pressing["overdue"] | pressing["today"], status__in=AT_WORK)[:SHOWN]
    return [
        Deed(
            "tool",
            str(request.client or request),
            f"{request.description}: {_promised(request.due_on, today)}",
            _("Open"),
            reverse("workshop:service", args=[request.pk]),
            is_late=request.due_on < today,
        )
        for request in found
        if request.due_on
    ]


def _late_orders(store: Store, today: date) -> list[Deed]:
    return [
        Deed(
            "package",
            str(order.client),
            _("order № %(number)s, %(piece)s: %(promised)s")
            % {"number": order, "piece": order.what, "promised": _promised(order.due_on, today)},
            _("Open"),
            reverse("purchases:order", args=[order.pk]),
            is_late=order.due_on < today,
        )
        for order in purchases_selectors.orders_due(store, today)[:SHOWN]
        if order.due_on
    ]


def _promised(due_on: date, today: date) -> str:
    return _("promised by %(day)s") % {"day": day(due_on)} if due_on < today else _("promised today")


def _calls(store: Store, today: date) -> list[Deed]:
    due = errands.to_do([store]).filter(due_on__lte=today)[:SHOWN]
    return [
        Deed(
            "phone-call", str(errand.client), errand.reason, _("Call them"), f"{reverse('messaging:errands')}?open={errand.pk}",
            is_late=errand.due_on < today,
        )
        for errand in due
    ]  # fmt: skip


def _ready(store: Store) -> list[Deed]:
    waiting = board.board([store]).filter(board.lying_in(store), status=ServiceStatus.READY).count()
    if not waiting:
        return []
    words = ngettext("%(n)s piece is ready to hand out", "%(n)s pieces are ready to hand out", waiting) % {"n": waiting}
    asked = urlencode({"store": store.pk, "status": ServiceStatus.READY.value})
    return [Deed("package", words, _("waiting for their owners"), _("Show"), f"{reverse('workshop:services')}?{asked}")]


def _arrived(store: Store) -> list[Deed]:
    arrived = purchases_selectors.orders_arrived(store).count()
    if not arrived:
        return []
    words = ngettext("%(n)s order has arrived", "%(n)s orders have arrived", arrived) % {"n": arrived}
    asked = urlencode({"store": store.pk, "status": OrderStatus.ARRIVED.value})
    return [Deed("package", words, _("waiting for their clients"), _("Show"), f"{reverse('purchases:orders')}?{asked}")]


def _expected(store: Store, today: date) -> list[Deed]:
    """Regulars of the store whose usual interval ends this week, those who spent most first."""
    regulars = Client.objects.live().filter(
        home_store=store, rhythm__expected_on__range=(today, today + WEEK), activity__visit_days__gte=2
    )
    return [
        Deed(
            "calendar-event",
            str(client),
            _("usually comes about %(day)s") % {"day": day(client.rhythm.expected_on)},
            pgettext("of a client", "Card"),
            reverse("pages:card", args=[client.pk]),
        )
        for client in regulars.select_related("rhythm").order_by("-activity__spent", "pk")[:SHOWN]
    ]
