"""Who may use which view. Public to every app: ``allowed``, ``public``, ``CrmRequest``.

A view without a declared policy is refused: the middleware and a test over the resolver see to it.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import translation
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from stores.drafts import sign_in_again
from stores.models import ChainRight, Employee, Role
from stores.recognising import shared

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])


class CrmRequest(HttpRequest):
    """The request of a signed-in employee."""

    user: Employee
    htmx: HtmxDetails


LOOKING = ("GET", "HEAD", "OPTIONS")


class NotPermittedError(PermissionDenied):
    """The role would do, but the chain has not permitted it to this person; says so in words."""


class Policy(NamedTuple):
    """Roles that may use a view; ``None`` stands for anybody, signed in or not.

    ``by_key``: the view itself asks for the key of another system. ``right``: besides the role it takes this permission of the
    chain; ``to_change``: it takes this one to post, while the role alone may look.
    """

    roles: frozenset[str] | None
    by_key: bool = False
    right: str = ""
    to_change: str = ""

    def lacks(self, user: Employee, method: str | None) -> bool:
        """Whether the chain has not permitted this person what the request would do. A query where a permission is needed."""
        needed = {self.right, self.to_change if method not in LOOKING else ""} - {""}
        return not all(user.may(right) for right in needed)


ANYBODY = Policy(None)
STAFF = Policy(frozenset(Role.values))
BY_KEY = Policy(None, by_key=True)
ADMINS = Policy(frozenset({Role.ADMIN.value}))

THIRD_PARTY = {
    "allauth.account.views": ANYBODY,
    "allauth.mfa.": STAFF,
    "allauth.usersessions.": STAFF,
    "allauth.mfa.base.views.AuthenticateView": ANYBODY,
    "allauth.mfa.base.views.ReauthenticateView": ANYBODY,
    "django.contrib.admin.": ADMINS,
    "unfold.": ADMINS,
    "django.views.i18n": ANYBODY,
    "health_check.": ANYBODY,
    "django.contrib.staticfiles.": ANYBODY,
}


def allowed(*roles: Role, right: str = "", to_change: str = "") -> Callable[[ViewFunction], ViewFunction]:
    """Declare that employees of these roles may use the view, as far as the chain permits it (``ChainRight``)."""

    def declare(view: ViewFunction) -> ViewFunction:
        roles_of = frozenset(role.value for role in roles)
        view.policy = Policy(roles_of, right=right, to_change=to_change)  # type: ignore[attr-defined]
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


def permitted(right: ChainRight) -> Callable[[ViewFunction], ViewFunction]:
    """Declare that whoever has this permission of the chain may use the view, of whatever role."""
    return allowed(Role.SELLER, Role.MANAGER, Role.ADMIN, right=right)


def managers_look(right: ChainRight) -> Callable[[ViewFunction], ViewFunction]:
    """Declare that managers may look, and change with this permission of the chain."""
    return allowed(Role.MANAGER, Role.ADMIN, to_change=right)


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
            return sign_in_again(request, login_url=shared.door(request))
        if user.role not in policy.roles:
            raise PermissionDenied
        if policy.lacks(user, request.method):
            raise NotPermittedError(_("This speaks for the whole chain. An admin of the chain can permit it to you."))
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
