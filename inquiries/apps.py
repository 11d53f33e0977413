from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")

    def ready(self) -> None:
        from clients import parts
        from inquiries.parts import InquiriesPart
        from inquiries.services import follow_errand
        from messaging import errands

        parts.register(InquiriesPart())
        errands.follow(follow_errand)
