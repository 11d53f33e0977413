"""The back office for stores and people."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.sites import UnfoldAdminSite

from stores import opened, policies, services
from stores.forms import EditsRow
from stores.models import DayOff, Employee, Role, Store
from stores.opened import ChangedMeanwhileError


class BackOffice(UnfoldAdminSite):
    """Unfold's site with our models alone; who is no admin of the chain does not get in (stores/policies.py)."""

    site_header = site_title = "Carat"

    def has_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def get_urls(self) -> list[Any]:
        patterns: list[Any] = super().get_urls()
        policies.declare_all(patterns, policies.ADMINS)
        return patterns


def _is_admin(request: HttpRequest) -> bool:
    return isinstance(request.user, Employee) and request.user.is_active and request.user.role == Role.ADMIN


back_office = BackOffice(name="admin")


class CarriesWhatItSaw(EditsRow, forms.ModelForm[Any]):
    """A form of the back office: over a row that its page has locked, so it compares while it is cleaned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(self.instance)

    def standing(self, row: Any, /) -> dict[str, Any]:
        """Columns that people type, one's password apart."""
        known = {field.name for field in row._meta.get_fields()}
        return opened.standing(row, [name for name in self.fields if name in known and name != "password"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and not self.errors:
            self._compare(said)
        return said

    def _compare(self, said: dict[str, Any]) -> None:
        """What the person left alone stays as it stands in the row."""
        now, edit = self.now, self.edit()
        try:
            changes = edit.onto(now)
        except ChangedMeanwhileError as changed:
            self.ask(changed)
        else:
            said.update({name: self._kept(name, value) for name, value in now.items() if name not in changes})

    def _kept(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return field.queryset.filter(pk__in=[one.pk for one in value]) if field.queryset is not None else value
        return getattr(self.instance, name) if isinstance(field, forms.ModelChoiceField) else value


class AdminsOnly:
    """The back office is the admins': Django's own permissions are not used. Two who change a row see each other's words."""

    change_form_before_template = "stores/admin_changed.html"

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Where it is to be written, the row is locked: the page is one transaction."""
        found = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        return opened.lock(found) if found is not None and request.method == "POST" else found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (CarriesWhatItSaw, form), {}) if change else form

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReferenceTable(ImportExportMixin):
    """A small table that goes out as a workbook and comes back as one; lists of clients go through ``imports``."""

    formats = [XLSX]
    import_form_class = ImportForm
    export_form_class = ExportForm
    skip_admin_log = False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    has_export_permission = has_import_permission

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        """The workbook, noted as every export is."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        by = request.user if isinstance(request.user, Employee) else None
        services.note_export(self.model._meta.model_name, rows=queryset.count(), by=by)
        return data


class StoreResource(ModelResource):
    """Stores by their code: a row with a known code changes that store, another opens one."""

    class Meta:
        model = Store
        import_id_fields = ("code",)
        fields = ("code", "name", "city", "address", "phone", "time_zone", "is_active")
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True


@admin.register(Store, site=back_office)
class StoreAdmin(AdminsOnly, ReferenceTable, ModelAdmin):
    resource_classes = [StoreResource]
    list_display = ("name", "code", "city", "address", "time_zone", "is_active")
    search_fields = ("name", "code", "city")


@admin.register(Employee, site=back_office)
class EmployeeAdmin(AdminsOnly, SimpleHistoryAdmin, UserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "last_name", "first_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active", "stores")
    search_fields = ("username", "last_name", "first_name")
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    filter_horizontal = ()
    actions = ("dismiss",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("last_name", "first_name", "middle_name", "email", "language")}),
        (_("Work"), {"fields": ("role", "stores", "is_active")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "last_name", "first_name", "role", "stores")}),)

    @admin.action(description=_("Dismiss: sign out everywhere and close the way in"))
    def dismiss(self, request: HttpRequest, queryset: Any) -> None:
        for employee in queryset:
            services.dismiss(employee)

    def save_model(self, request: HttpRequest, obj: Employee, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and ("role" in form.changed_data or "is_active" in form.changed_data):
            services.end_sessions(obj)


@admin.register(DayOff, site=back_office)
class DayOffAdmin(AdminsOnly, ModelAdmin):
    list_display = ("store", "day", "why")
    list_filter = ("store",)
