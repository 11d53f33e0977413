"""Gateways for admins: which are used, in which order, what they cost, whether they work; and the daily budgets."""

from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from messaging import selectors, services
from messaging.forms import BudgetForm, RouteForm, TrialForm
from messaging.gateways import GatewayRefusedError, registry
from messaging.gateways.registry import GatewayKind, UnknownGatewayError
from messaging.models import Budget, Channel, Lane, Route
from messaging.selectors import Allowance
from messaging.tasks import wake
from stores.policies import CrmRequest, admins


class GatewayLine(NamedTuple):
    """A gateway on a channel: its route, if it ever had one, with the form that changes it."""

    kind: GatewayKind
    channel: Channel
    route: Route
    form: RouteForm
    trial: TrialForm

    @property
    def rests(self) -> bool:
        return bool(self.route.open_until)


def _lines() -> list[GatewayLine]:
    """Every gateway that Carat knows, by channel and order."""
    routes = {(route.channel, route.gateway): route for route in Route.objects.all()}
    lines = []
    for channel in Channel:
        for kind in registry.KINDS:
            if channel in kind.channels:
                route = routes.get((channel, kind.name)) or Route(channel=channel, gateway=kind.name)
                prefix = f"{channel}-{kind.name}"
                trial = TrialForm(initial={"channel": channel, "gateway": kind.name}, auto_id=f"id_{prefix}_%s")
                lines.append(GatewayLine(kind, channel, route, RouteForm(instance=route, prefix=prefix), trial))
    return sorted(lines, key=lambda line: (list(Channel).index(line.channel), not line.route.is_on, line.route.position))


def _said(form: BaseForm) -> str:
    """What is wrong with a form, in a line."""
    return " ".join(str(words) for errors in form.errors.values() for words in errors)


@require_GET
@admins
def gateways(request: CrmRequest) -> HttpResponse:
    budgets = [(spent, BudgetForm(instance=spent.budget, prefix=spent.budget.lane)) for spent in _allowances()]
    callbacks = {
        "kannel": settings.CALLBACK_URL + reverse("messaging:kannel_reply", args=[registry.callback_secret("kannel")]),
        "smsc": settings.SITE_URL + reverse("messaging:smsc", args=[registry.callback_secret("smsc")]),
    }
    return render(request, "messaging/gateways.html", {"lines": _lines(), "budgets": budgets, "callbacks": callbacks})


def _allowances() -> list[Allowance]:
    return selectors.allowances(timezone.now())


@require_POST
@admins
def save_route(request: CrmRequest) -> HttpResponse:
    """Use a gateway or not, in which order, at which price."""
    channel, gateway = request.POST.get("channel", ""), request.POST.get("gateway", "")
    line = next((line for line in _lines() if (line.channel, line.kind.name) == (channel, gateway)), None)
    if line is None:
        return redirect("messaging:gateways")
    form = RouteForm(request.POST, instance=line.route, prefix=f"{channel}-{gateway}")
    if not form.is_valid():
        messages.error(request, _said(form))
    elif form.cleaned_data["is_on"] and not line.kind.is_described():
        messages.error(request, _("The settings do not describe this gateway yet: %(names)s.") % {"names": line.kind.variables})
    else:
        form.save()
        messages.success(request, _("Saved."))
    return redirect("messaging:gateways")


@require_POST
@admins
def save_budget(request: CrmRequest, lane: str) -> HttpResponse:
    form = BudgetForm(request.POST, instance=get_object_or_404(Budget, lane=lane), prefix=lane)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        wake(Lane(lane))
    else:
        messages.error(request, _said(form))
    return redirect("messaging:gateways")


@require_POST
@admins
def try_out(request: CrmRequest) -> HttpResponse:
    """Send a trial by one gateway and show its story as it happens."""
    form = TrialForm(request.POST)
    if not form.is_valid():
        messages.error(request, _said(form))
        return redirect("messaging:gateways")
    said = form.cleaned_data
    try:
        registry.gateway(said["gateway"])
    except UnknownGatewayError:
        messages.error(request, _("The settings do not describe this gateway yet."))
        return redirect("messaging:gateways")
    text = _("Carat: a trial message, %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}
    trial = services.try_out(said["gateway"], said["channel"], said["recipient"], text, now=timezone.now())
    wake(Lane.URGENT)
    return redirect("messaging:message", pk=trial.pk)


@require_GET
@admins
def balance(request: CrmRequest, name: str) -> HttpResponse:
    """What is left on the account of a provider, asked now."""
    money: Decimal | None = None
    trouble = ""
    try:
        money = registry.gateway(name).balance()
    except (GatewayRefusedError, UnknownGatewayError) as refusal:
        trouble = str(refusal)
    return render(request, "messaging/_balance.html", {"money": money, "trouble": trouble})
