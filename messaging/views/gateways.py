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

from messaging import linking, selectors, services
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


def _lines(posted: RouteForm | None = None) -> list[GatewayLine]:
    """Every gateway that Carat knows, by channel and order; one of them by the form that was posted."""
    routes = {(route.channel, route.gateway): route for route in Route.objects.all()}
    lines = []
    for channel in Channel:
        for kind in registry.KINDS:
            if channel in kind.channels:
                route = routes.get((channel, kind.name)) or Route(channel=channel, gateway=kind.name)
                prefix = f"{channel}-{kind.name}"
                trial = TrialForm(initial={"channel": channel, "gateway": kind.name}, auto_id=f"id_{prefix}_%s")
                form = posted if posted and posted.prefix == prefix else RouteForm(instance=route, prefix=prefix)
                lines.append(GatewayLine(kind, channel, route, form, trial))
    return sorted(lines, key=lambda line: (list(Channel).index(line.channel), not line.route.is_on, line.route.position))


def _said(form: BaseForm) -> str:
    """What is wrong with a form, in a line."""
    return " ".join(str(words) for errors in form.errors.values() for words in errors)


@require_GET
@admins
def gateways(request: CrmRequest) -> HttpResponse:
    return _page(request)


def _page(request: CrmRequest, route: RouteForm | None = None, budget: BudgetForm | None = None) -> HttpResponse:
    """Gateways and budgets; a form that was refused stands among them as it was typed."""
    budgets = [(spent, _budget_form(spent, budget)) for spent in selectors.allowances(timezone.now())]
    callbacks = {
        "kannel": settings.CALLBACK_URL + reverse("messaging:kannel_reply", args=[registry.callback_secret("kannel")]),
        "smsc": settings.SITE_URL + reverse("messaging:smsc", args=[registry.callback_secret("smsc")]),
    }
    chats = [(kind.title, settings.SITE_URL + reverse("messaging:chat_update", args=[kind.name])) for kind in registry.bots()]
    context = {
        "lines": _lines(route), "budgets": budgets, "callbacks": callbacks, "chats": chats, "bring": settings.MESSENGERS_BRING,
    }  # fmt: skip
    return render(request, "messaging/gateways.html", context, status=422 if route or budget else 200)


def _budget_form(spent: Allowance, posted: BudgetForm | None) -> BudgetForm:
    lane = spent.budget.lane
    return posted if posted and posted.prefix == lane else BudgetForm(instance=spent.budget, prefix=lane)


@require_POST
@admins
def save_route(request: CrmRequest) -> HttpResponse:
    """Use a gateway or not, in which order, at which price."""
    channel, gateway = request.POST.get("channel", ""), request.POST.get("gateway", "")
    line = next((line for line in _lines() if (line.channel, line.kind.name) == (channel, gateway)), None)
    if line is None:
        return redirect("messaging:gateways")
    form = RouteForm(request.POST, instance=line.route, prefix=f"{channel}-{gateway}")
    if form.is_valid() and form.cleaned_data["is_on"] and not line.kind.is_described():
        words = _("The settings do not describe this gateway yet: %(names)s.")
        form.add_error(None, words % {"names": line.kind.variables})
    if form.is_valid() and (form.write() if line.route.pk else form.save()):
        messages.success(request, _("Saved."))
        return redirect("messaging:gateways")
    return _page(request, route=form)


@require_POST
@admins
def save_budget(request: CrmRequest, lane: str) -> HttpResponse:
    form = BudgetForm(request.POST, instance=get_object_or_404(Budget, lane=lane), prefix=lane)
    if form.is_valid() and form.write():
        messages.success(request, _("Saved."))
        wake(Lane(lane))
        return redirect("messaging:gateways")
    return _page(request, budget=form)


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
    recipient = said["recipient"]
    if registry.kind(said["gateway"]).is_messenger and not (recipient := linking.number_of(recipient, said["gateway"])):
        messages.error(request, _("No card with this contact has a chat there: connect your own first, on your card."))
        return redirect("messaging:gateways")
    text = _("Carat: a trial message, %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}
    trial = services.try_out(said["gateway"], said["channel"], recipient, text, now=timezone.now())
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
