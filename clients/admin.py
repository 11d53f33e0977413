"""The back office for the rules about cards, the wording of consents and the kinds of occasions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from clients.models import CardRules, ConsentText, OccasionKind
from stores.admin import AdminsOnly, back_office


@admin.register(ConsentText, site=back_office)
class ConsentTextAdmin(AdminsOnly, ModelAdmin):
    list_display = ("purpose", "version", "since", "text")
    list_filter = ("purpose",)


@admin.register(CardRules, site=back_office)
class CardRulesAdmin(AdminsOnly, ModelAdmin):
    """One row: added once, and changed from then on."""

    list_display = ("__str__", "greets_without_email")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not CardRules.objects.exists() and super().has_add_permission(request)

    def save_model(self, request: HttpRequest, obj: CardRules, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)


@admin.register(OccasionKind, site=back_office)
class OccasionKindAdmin(AdminsOnly, ModelAdmin):
    list_display = ("name", "name_en")
