"""Every address of Carat. A view without a declared policy is refused (stores/policies.py)."""

from django.urls import include, path
from health_check.views import HealthCheckView

from crm_site.api import api
from crm_site.health import LiveView
from stores.admin import back_office
from stores.policies import ANYBODY, BY_KEY, declare_all, public

SERVES = [*LiveView.checks, ("health_check.checks.Cache", {"alias": "default"})]
FIGURES = [f"crm_site.health.{name}" for name in ("Figures", "SecondOpinion", "Backups", "Sending", "Programs", "Room")]
api_urls = api.urls
declare_all(api_urls[0], BY_KEY)
# What the sites of the chain send for strangers has no key.
declare_all([entry for entry in api_urls[0] if str(entry.pattern).startswith("inquiries/")], ANYBODY)
urlpatterns = [
    path("", include("crm_site.pages.urls")),
    path("", include("crm_site.backups.urls")),
    path("", include("stores.urls")),
    path("", include("catalogue.urls")),
    path("", include("loyalty.urls")),
    path("", include("purchases.urls")),
    path("", include("workshop.urls")),
    path("", include("inquiries.urls")),
    path("", include("portal.urls")),
    path("", include("imports.urls")),
    path("", include("messaging.urls")),
    path("", include("analytics.urls")),
    path("", include("campaigns.urls")),
    path("", include("exchange.urls")),
    path("clients/", include("clients.urls")),
    path("accounts/", include("stores.entrance.urls")),
    path("api/", api_urls),
    path("backoffice/", back_office.urls),
    # A balancer asks the first, a person the second: figures that differ are no reason to start the web anew.
    path("health/live/", public(LiveView.as_view()), name="health_live"),
    path("health/", HealthCheckView.as_view(checks=[*SERVES, *FIGURES]), name="health"),
]
handler403 = "crm_site.pages.views.forbidden"
handler500 = "crm_site.full_disk.server_error"
handler404 = "crm_site.pages.views.not_found"
