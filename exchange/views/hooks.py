"""The admin's pages of webhooks: who is told, the last answers, what is sent again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange import selectors
from exchange.forms import HookForm
from exchange.hooks import telling
from exchange.models import Hook, HookCall
from imports.exports import page_of
from stores.policies import CrmRequest, admins


@require_http_methods(["GET", "POST"])
@admins
def hooks(request: CrmRequest) -> HttpResponse:
    """Who is told what; a new address gets its secret, shown once."""
    form, context = HookForm(request.POST or None), {}
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        secret = telling.give_secret(made)
        telling.switch_on(made)
        form, context = HookForm(), {"secret": secret, "named": made}
    status = 422 if form.is_bound and not context else 200
    return render(request, "exchange/hooks.html", {"form": form, "hooks": selectors.hooks(), **context}, status=status)


@require_GET
@admins
def hook(request: CrmRequest, pk: int) -> HttpResponse:
    """One address: its calls, the newest first, each with what was answered."""
    return _page(request, get_object_or_404(Hook, pk=pk))


@require_POST
@admins
def new_secret(request: CrmRequest, pk: int) -> HttpResponse:
    """Calls are signed anew from now on; the secret is shown once."""
    found = get_object_or_404(Hook, pk=pk)
    return _page(request, found, secret=telling.give_secret(found), named=found)


def _page(request: CrmRequest, hook: Hook, **more: object) -> HttpResponse:
    return render(request, "exchange/hook.html", {"hook": hook, "page": page_of(request, hook.calls.order_by("-pk")), **more})


@require_POST
@admins
def switch(request: CrmRequest, pk: int) -> HttpResponse:
    """On: told of what happens from then on; or off, also where it went off by itself and is left so."""
    found = get_object_or_404(Hook, pk=pk)
    if request.POST.get("to") == "on":
        telling.switch_on(found)
    else:
        telling.switch_off(found)
    return redirect("exchange:hook", pk=pk)


@require_POST
@admins
def send_again(request: CrmRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(HookCall.objects.select_related("hook"), pk=pk)
    if call.hook.off_at:
        messages.error(request, _("Switch the webhook on first."))
    else:
        telling.send_again(call)
        messages.success(request, _("It is sent within a quarter of a minute."))
    return redirect("exchange:hook", pk=call.hook_id)
