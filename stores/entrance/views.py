"""A store's shared device: who is there, by name and PIN; one's own PIN; whose the device is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stores.entrance.guarding import BY_PIN
from stores.forms import CrmForm
from stores.models import Employee
from stores.policies import CrmRequest, everybody, public
from stores.recognising import pins, shared
from stores.selectors import store_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NUMBERS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": pins.LONGEST, "pattern": "[0-9]*"}


class PinForm(CrmForm):
    """A new PIN, with the password: a session that was left open gives nobody one."""

    password = forms.CharField(
        label=gettext_lazy("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    pin = forms.CharField(
        label=gettext_lazy("New PIN"), widget=forms.PasswordInput(attrs=NUMBERS | {"autocomplete": "new-password"}),
        help_text=gettext_lazy("Four to six digits; no 1111, 1234 or year. It opens nothing but this store's shared devices."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, employee: Employee) -> None:
        super().__init__(data)
        self.employee = employee

    def clean_password(self) -> str:
        if not self.employee.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return ""

    def clean_pin(self) -> str:
        pin = str(self.cleaned_data["pin"])
        if not (pin.isascii() and pin.isdecimal() and pins.SHORTEST <= len(pin) <= pins.LONGEST):
            raise forms.ValidationError(_("Four to six digits."))
        if pins.is_trivial(pin):
            raise forms.ValidationError(_("Everybody tries this one first. Take another."))
        return pin


@never_cache
@require_http_methods(["GET", "POST"])
@public
def switch(request: HttpRequest) -> HttpResponse:
    """Who is at the shared device? Whoever signed in on it today comes back by name and PIN."""
    people, wanted = shared.here_today(request), _wanted(request)
    chosen = next((one for one in people if str(one.pk) == request.POST.get("who")), None)
    if not people:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
    context = {"people": people, "wanted": wanted, "chosen": chosen, "words": ""}
    if request.method == "POST":
        context["words"] = _tried(request, chosen)
        if not context["words"]:
            return redirect(wanted)
    return render(request, "stores/pin_switch.html", context, status=422 if context["words"] else 200)


def _tried(request: HttpRequest, who: Employee | None) -> str:
    """Lets them in, or says why not."""
    if who is None:
        return _("Choose your name.")
    try:
        pins.check(who, request.POST.get("pin", ""))
    except pins.WaitError:
        return _("Too many wrong PINs. Wait half a minute, or sign in by password.")
    except pins.ClosedPinError:
        return _("This PIN is closed. Sign in by password, then it works again.")
    except pins.WrongPinError:
        return _("This is another PIN. Check the name and try again.")
    logout(request)
    login(request, who, backend=BACKEND)
    request.session[BY_PIN] = True
    return ""


@require_POST
@everybody
def lock(request: CrmRequest) -> HttpResponse:
    """Whoever was here leaves; the device asks who is next."""
    wanted = _wanted(request)
    logout(request)
    return redirect(f"{reverse('stores:switch')}?{urlencode({'next': wanted})}")


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else resolve_url("pages:home")


@require_http_methods(["GET", "POST"])
@everybody
def mine(request: CrmRequest) -> HttpResponse:
    """One's own PIN, and whether this device is the store's."""
    form = PinForm(request.POST or None, employee=request.user)
    if request.method == "POST" and not pins.is_offered(request.user):
        return redirect("stores:pin")
    if request.method == "POST" and form.is_valid():
        pins.give(request.user, form.cleaned_data["pin"])
        messages.success(request, _("The PIN is set. On a shared device of your store you come back by it today."))
        response = redirect("stores:pin")
        shared.note(request, response, request.user)
        return response
    context = {
        "form": form, "is_offered": pins.is_offered(request.user), "has_pin": hasattr(request.user, "pin"),
        "is_shared": bool(shared.store_of_device(request)),
    }  # fmt: skip
    return render(request, "stores/pin.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@everybody
def take_away(request: CrmRequest) -> HttpResponse:
    pins.take_away(request.user)
    messages.success(request, _("You have no PIN any more."))
    return redirect("stores:pin")


@require_POST
@everybody
def share(request: CrmRequest) -> HttpResponse:
    """This becomes a shared device of the store that one stands in, or anybody's own again."""
    response = redirect("stores:pin")
    if "own" in request.POST:
        shared.unshare(response)
    else:
        by_password = request.user if not request.session.get(BY_PIN) and pins.is_offered(request.user) else None
        shared.share(response, store_of(request), by=by_password)
        messages.success(request, _("This is a shared device of the store now."))
    return response
