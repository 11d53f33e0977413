"""Views that read from the replica, and the cookie by which who wrote reads the primary for a while. Public: ``from_replica``."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from stores.bases import replica

View = TypeVar("View", bound=Callable[..., Any])
COOKIE = "wrote"
LOOKING = ("GET", "HEAD", "OPTIONS")


def from_replica(view: View) -> View:
    """Declare that a view changes nothing that counts, and may show what is some seconds old, but for what the person wrote.

    Put it under ``shows_contacts``: a replica that breaks meanwhile makes the view run again, on the primary.
    """

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not replica.is_on() or COOKIE in request.COOKIES or not replica.watch.is_fit():
            return view(request, *args, **kwargs)
        try:
            with replica.reading():
                return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError) as error:
            replica.watch.rest(error)
            return view(request, *args, **kwargs)

    read.from_replica = True  # type: ignore[attr-defined]
    return read  # type: ignore[return-value]


class OwnWritesMiddleware:
    """Marks the browser of who wrote: it reads from the primary until the replica has it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not replica.is_on():
            return self.get_response(request)
        replica.forget_writes()
        response = self.get_response(request)
        if request.method not in LOOKING or replica.wrote():
            response.set_cookie(
                COOKIE, "1", max_age=replica.OWN_WRITES, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response
