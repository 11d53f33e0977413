"""The back office for the kinds of occasions and what clients hear of the chain by."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from clients.models import HeardFrom, OccasionKind
from stores.admin import AdminsOnly, back_office


@admin.register(HeardFrom, site=back_office)
class HeardFromAdmin(AdminsOnly, ModelAdmin):
    """The chain's own answers to "How did you hear of us?", in the order in which sellers see them."""

    list_display = ("name", "name_en", "position", "is_active")
    list_editable = ("position", "is_active")


@admin.register(OccasionKind, site=back_office)
class OccasionKindAdmin(AdminsOnly, ModelAdmin):
    list_display = ("name", "name_en")
