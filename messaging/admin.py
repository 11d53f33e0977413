"""The back office for what letters are about."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from messaging.models import Topic
from stores.admin import AdminsOnly, back_office


@admin.register(Topic, site=back_office)
class TopicAdmin(AdminsOnly, ModelAdmin):
    list_display = ("title", "words", "place", "is_on")
