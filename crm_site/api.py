"""What other systems may ask of Carat: described at /api/openapi.json, opened by a key of an admin."""

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import HttpBearer

from imports.api import router as lists
from stores import services
from stores.models import Employee, Role


class Key(HttpBearer):
    """``Authorization: Bearer carat_…`` of a key that acts as an admin."""

    def authenticate(self, request: HttpRequest, token: str) -> Employee | None:
        employee = services.employee_of_key(token)
        return employee if employee and employee.role == Role.ADMIN else None


api = NinjaAPI(title="Carat", version="1", docs_url=None, auth=Key())
api.add_router("/lists/", lists)
