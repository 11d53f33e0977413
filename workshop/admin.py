"""The back office for the service desk: masters and terms."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from stores.admin import AdminsOnly, back_office
from workshop.models import Master, ServiceTerm


@admin.register(Master, site=back_office)
class MasterAdmin(AdminsOnly, ModelAdmin):
    has_its_own_page = True
    list_display = ("name", "store", "is_active")
    list_filter = ("store", "is_active")


@admin.register(ServiceTerm, site=back_office)
class ServiceTermAdmin(AdminsOnly, ModelAdmin):
    has_its_own_page = True
    list_display = ("kind", "is_offered", "days", "price", "asks_passport", "passport_from")
