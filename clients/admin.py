"""The back office for the wording of consents and the kinds of occasions."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from clients.models import ConsentText, OccasionKind
from stores.admin import AdminsOnly, back_office


@admin.register(ConsentText, site=back_office)
class ConsentTextAdmin(AdminsOnly, ModelAdmin):
    list_display = ("purpose", "version", "since", "text")
    list_filter = ("purpose",)


@admin.register(OccasionKind, site=back_office)
class OccasionKindAdmin(AdminsOnly, ModelAdmin):
    list_display = ("name", "name_en")
