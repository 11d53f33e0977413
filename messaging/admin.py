"""The back office for the stop list."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from messaging.models import StopEntry
from stores.admin import AdminsOnly, back_office


@admin.register(StopEntry, site=back_office)
class StopEntryAdmin(AdminsOnly, ModelAdmin):
    list_display = ("recipient", "reason", "at")
    search_fields = ("recipient",)
