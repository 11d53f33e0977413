from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoyaltyConfig(AppConfig):
    name = "loyalty"
    verbose_name = _("Loyalty")

    def ready(self) -> None:
        from clients import parts
        from loyalty.parts import LoyaltyPart

        parts.register(LoyaltyPart())
