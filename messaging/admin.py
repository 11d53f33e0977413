"""The back office for the stop list, and for what letters are about."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from messaging.models import StopEntry, Topic
from stores.admin import AdminsOnly, back_office


@admin.register(StopEntry, site=back_office)
class StopEntryAdmin(AdminsOnly, ModelAdmin):
    list_display = ("recipient", "reason", "at")
    search_fields = ("recipient",)


@admin.register(Topic, site=back_office)
class TopicAdmin(AdminsOnly, ModelAdmin):
    list_display = ("title", "words", "place", "is_on")
