from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = _("Figures")

    def ready(self) -> None:
        from analytics.parts import AnalyticsPart
        from analytics.visitor_list import VISITORS
        from clients import parts
        from imports import specs

        specs.register(VISITORS)
        parts.register(AnalyticsPart())
