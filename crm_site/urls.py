"""Every address of Carat. A view without a declared policy is refused (stores/policies.py)."""

from django.urls import include, path
from health_check.views import HealthCheckView

from crm_site.api import api
from stores.admin import back_office
from stores.policies import BY_KEY, declare_all

SERVES = ["health_check.checks.Database", ("health_check.checks.Cache", {"alias": "default"})]
FIGURES = ["crm_site.health.Figures", "crm_site.health.SecondOpinion"]
api_urls = api.urls
declare_all(api_urls[0], BY_KEY)
urlpatterns = [
    path("", include("crm_site.pages.urls")),
    path("", include("stores.urls")),
    path("", include("purchases.urls")),
    path("", include("workshop.urls")),
    path("", include("portal.urls")),
    path("", include("imports.urls")),
    path("", include("messaging.urls")),
    path("", include("analytics.urls")),
    path("", include("campaigns.urls")),
    path("clients/", include("clients.urls")),
    path("accounts/", include("stores.account_urls")),
    path("api/", api_urls),
    path("backoffice/", back_office.urls),
    # A balancer asks the first, a person the second: figures that differ are no reason to start the web anew.
    path("health/live/", HealthCheckView.as_view(checks=SERVES), name="health_live"),
    path("health/", HealthCheckView.as_view(checks=[*SERVES, *FIGURES]), name="health"),
]
handler403 = "crm_site.pages.views.forbidden"
handler404 = "crm_site.pages.views.not_found"
