"""The way of a new chain to its first sale, for its admin; counted from the base, so nothing remembers it."""

from typing import NamedTuple

from django.db.models import Exists
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from messaging import selectors as messaging_selectors
from purchases.models import Purchase
from stores.models import Employee, Role, Rule, Store

PUT_AWAY_COOKIE = "beginning"


class Step(NamedTuple):
    """What is to be done, why, and where; the other way to do it, if there is one."""

    title: str | Promise
    why: str | Promise
    act: str | Promise
    url: str
    is_done: bool
    other_act: str | Promise = ""
    other_url: str = ""


class Beginning(NamedTuple):
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)


def steps_done() -> dict[str, Exists]:
    """Of each step, whether it is done, for the one question that an admin's start puts (``oversight``)."""
    sells = Employee.objects.filter(is_active=True, stores__is_active=True).exclude(role=Role.ADMIN)
    return {
        "is_named": Exists(Rule.objects.filter(name="chain_name")),
        "has_store": Exists(Store.objects.open()),
        "has_staff": Exists(sells),
        "sends_sms": Exists(messaging_selectors.really_sent_sms()),
        "has_clients": Exists(Client.objects.all()),
        "has_sold": Exists(Purchase.objects.all()),
    }


def beginning(named: bool, *rest: bool) -> Beginning | None:
    """The steps; None once all of them are done, but for the name: a chain that sells under the name that came with Carat is not
    told to begin anew.
    """
    return None if all(rest) else Beginning(_steps(named, *rest))


def _steps(name: bool, store: bool, staff: bool, sms: bool, clients: bool, sale: bool) -> list[Step]:
    return [
        Step(
            _("The chain's name"), _("Clients read it in every message and on their page; set mark and hours beside it."),
            _("Name the chain"), reverse("stores:settings_group", args=["chain"]), name,
        ),
        Step(
            _("A store"), _("Sales, clients and requests belong to a store; its hours and time zone say when messages go."),
            _("Add a store"), reverse("stores:new_store"), store,
        ),
        Step(
            _("Sellers"), _("Each signs in under a name of their own and works in the stores that you tick."),
            _("Add an employee"), reverse("stores:new_person"), staff,
        ),
        Step(
            _("SMS"), _("Switch on a gateway that really sends, and send yourself a trial message."),
            _("Set up SMS"), reverse("messaging:gateways"), sms,
        ),
        Step(
            _("Clients"), _("Bring in the list that you have, or register the first client by hand."),
            _("Bring in a list"), reverse("imports:lists"), clients,
            _("Register a client"), reverse("clients:register"),
        ),
        Step(
            _("The first sale"), _("Find the client in the search box, type the pieces in, save."),
            _("Make a sale"), reverse("purchases:sell"), sale,
        ),
    ]  # fmt: skip
