from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("The client's page")

    def ready(self) -> None:
        from clients import parts
        from messaging import errands
        from portal.parts import PortalPart
        from portal.reviews import follow_errand

        parts.register(PortalPart())
        errands.follow(follow_errand)
