"""What other systems may ask of Carat, by /api/openapi.json: with a key of an admin, the figures with a manager's too.

Tills and 1C have keys of their own, which open their part alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer

from analytics.api import router as figures
from exchange.api.receipts import SourceKeyHeader
from exchange.api.receipts import router as exchange
from imports.api import router as lists
from inquiries.api import router as inquiries
from stores import services
from stores.models import Employee, Role


class Key(HttpBearer):
    """``Authorization: Bearer carat_…`` of a key that acts as an employee of one of the roles."""

    def __init__(self, *roles: Role) -> None:
        super().__init__()
        self.roles = roles

    def authenticate(self, request: HttpRequest, token: str) -> Employee | None:
        employee = services.employee_of_key(token)
        return employee if employee and employee.role in self.roles else None


def with_a_key(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What there is to ask is told to those who may ask."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (Key(*READERS)(request) or SourceKeyHeader()(request)):
            return JsonResponse({"detail": "Unauthorized"}, status=401)
        return view(request, *args, **kwargs)

    return asked


READERS = (Role.ADMIN, Role.MANAGER)
api = NinjaAPI(title="Carat", version="1", docs_url=None, auth=Key(Role.ADMIN), docs_decorator=with_a_key)
api.add_router("/lists/", lists)
api.add_router("/inquiries/", inquiries)
api.add_router("/figures/", figures, auth=Key(*READERS))
api.add_router("/", exchange)
