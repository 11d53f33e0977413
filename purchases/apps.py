from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PurchasesConfig(AppConfig):
    name = "purchases"
    verbose_name = _("Purchases and service")

    def ready(self) -> None:
        from clients import parts
        from imports import specs
        from messaging import errands
        from portal.reviews import follow_errand
        from purchases.listing.spec import PURCHASES
        from purchases.parts import PurchasesPart
        from workshop.listing.spec import SERVICES

        specs.register(PURCHASES)
        specs.register(SERVICES)
        parts.register(PurchasesPart())
        errands.follow(follow_errand)
