from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "crm_site.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from crm_site.pages import calling, checks  # noqa: F401 — the second registers them
        from messaging import beside

        beside.tell(calling.facts)
