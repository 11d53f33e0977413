from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PurchasesConfig(AppConfig):
    name = "purchases"
    verbose_name = _("Purchases")

    def ready(self) -> None:
        from clients import parts
        from imports import specs
        from purchases.days import BUYING_DAYS, KEPT_PIECES
        from purchases.listing.spec import PURCHASES
        from purchases.parts import PurchasesPart
        from visits import sources

        sources.register(BUYING_DAYS)
        sources.register(KEPT_PIECES)
        specs.register(PURCHASES)
        parts.register(PurchasesPart())
