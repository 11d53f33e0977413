"""The back office for the forms on the chain's sites."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from inquiries.models import WebForm
from stores.admin import AdminsOnly, back_office


@admin.register(WebForm, site=back_office)
class WebFormAdmin(AdminsOnly, ModelAdmin):
    list_display = ("slug", "title", "store", "is_active")
    list_filter = ("store", "is_active")
