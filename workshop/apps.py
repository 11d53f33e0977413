from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopConfig(AppConfig):
    name = "workshop"
    verbose_name = _("Service desk")

    def ready(self) -> None:
        from clients import parts
        from imports import specs
        from visits import sources
        from workshop.days import DAYS_BROUGHT_IN
        from workshop.listing.spec import SERVICES
        from workshop.parts import WorkshopPart

        sources.register(DAYS_BROUGHT_IN)
        specs.register(SERVICES)
        parts.register(WorkshopPart())
