"""Who may use which view. Public to every app: ``allowed``, ``public``, ``CrmRequest``.

A view without a declared policy is refused: the middleware and a test over the resolver see to it.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from stores.models import Employee, Role

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])


class CrmRequest(HttpRequest):
    """The request of a signed-in employee."""

    user: Employee
    htmx: HtmxDetails


class Policy(NamedTuple):
    """Roles that may use a view; ``None`` stands for anybody, signed in or not.

    ``by_key``: the view itself asks for the key of another system.
    """

    roles: frozenset[str] | None
    by_key: bool = False


ANYBODY = Policy(None)
STAFF = Policy(frozenset(Role.values))
BY_KEY = Policy(None, by_key=True)
ADMINS = Policy(frozenset({Role.ADMIN.value}))

THIRD_PARTY = {
    "allauth.account.views": ANYBODY,
    "allauth.mfa.": STAFF,
    "allauth.mfa.base.views.AuthenticateView": ANYBODY,
    "allauth.mfa.base.views.ReauthenticateView": ANYBODY,
    "django.contrib.admin.": ADMINS,
    "unfold.": ADMINS,
    "django.views.i18n": ANYBODY,
    "health_check.": ANYBODY,
    "django.contrib.staticfiles.": ANYBODY,
}


def allowed(*roles: Role) -> Callable[[ViewFunction], ViewFunction]:
    """Declare that employees of these roles may use the view."""

    def declare(view: ViewFunction) -> ViewFunction:
        view.policy = Policy(frozenset(role.value for role in roles))  # type: ignore[attr-defined]
        return view

    return declare


def public(view: ViewFunction) -> ViewFunction:
    """Declare that anybody may use the view."""
    view.policy = ANYBODY  # type: ignore[attr-defined]
    return view


def declare_all(patterns: Iterable[URLPattern | URLResolver], policy: Policy) -> None:
    """Declare one policy for every view under patterns that a library made; a bound method keeps its module's."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            declare_all(entry.url_patterns, policy)
        elif not hasattr(entry.callback, "__self__"):
            entry.callback.policy = policy  # type: ignore[attr-defined]


everybody = allowed(Role.SELLER, Role.MANAGER, Role.ADMIN)
managers = allowed(Role.MANAGER, Role.ADMIN)
admins = allowed(Role.ADMIN)


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """The declared policy of a view, or ``None`` if nobody declared one."""
    own: Policy | None = getattr(view, "policy", None)
    if own:
        return own
    viewed = getattr(view, "view_class", view)
    name = f"{viewed.__module__}.{getattr(viewed, '__qualname__', '')}"
    known = [prefix for prefix in THIRD_PARTY if name.startswith(prefix)]
    return THIRD_PARTY[max(known, key=len)] if known else None


class PolicyMiddleware:
    """Refuses what is not declared, sends strangers to sign in and others away (default deny)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        policy = policy_of(view)
        if policy is None:
            raise PermissionDenied(f"{view.__module__} declares no policy")
        if policy.roles is None:
            return None
        user = request.user
        if isinstance(user, AnonymousUser) or not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if user.role not in policy.roles:
            raise PermissionDenied
        return None


class EmployeeLanguageMiddleware:
    """Speaks the language that the employee chose; a visitor's cookie and browser decide before sign-in.

    So they do on the client's own page, which may be open in a seller's browser.
    """

    VISITORS = "/s/"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            not request.path_info.startswith(self.VISITORS)
            and isinstance(user, Employee)
            and user.language != translation.get_language()
        ):
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return self.get_response(request)
