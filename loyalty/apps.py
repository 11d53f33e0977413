from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoyaltyConfig(AppConfig):
    name = "loyalty"
    verbose_name = _("Loyalty")

    def ready(self) -> None:
        from clients import parts
        from imports import specs
        from loyalty.certificates.listing import CERTIFICATES
        from loyalty.friends.words import Friends
        from loyalty.listing.members import MEMBERS
        from loyalty.listing.spec import BALANCES
        from loyalty.parts import LoyaltyPart

        parts.register(LoyaltyPart())
        parts.register_bringing(Friends())
        for spec in (BALANCES, MEMBERS, CERTIFICATES):
            specs.register(spec)
