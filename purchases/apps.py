from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PurchasesConfig(AppConfig):
    name = "purchases"
    verbose_name = _("Purchases and service")

    def ready(self) -> None:
        from clients import parts
        from imports import specs
        from messaging import errands
        from purchases.lists import PURCHASES, SERVICES
        from purchases.parts import PurchasesPart
        from purchases.reviews import follow_errand

        specs.register(PURCHASES)
        specs.register(SERVICES)
        parts.register(PurchasesPart())
        errands.follow(follow_errand)
