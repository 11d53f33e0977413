from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from clients import parts
        from messaging import pool
        from messaging.parts import MessagingPart
        from stores import services as stores_services

        parts.register(MessagingPart())
        stores_services.follow_leaving(pool.leave)
