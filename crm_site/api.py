"""What other systems may ask of Carat, by /api/openapi.json: with a key of an admin, the figures with a manager's too."""

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import HttpBearer

from analytics.api import router as figures
from imports.api import router as lists
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


api = NinjaAPI(title="Carat", version="1", docs_url=None, auth=Key(Role.ADMIN))
api.add_router("/lists/", lists)
api.add_router("/figures/", figures, auth=Key(Role.ADMIN, Role.MANAGER))
