from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = _("Figures")

    def ready(self) -> None:
        from analytics.visitor_list import VISITORS
        from imports import specs

        specs.register(VISITORS)
