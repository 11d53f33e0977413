"""Stores and people of the chain, for its admins: pages of the product."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stores import services
from stores.models import DayOff, Employee, Role, Store
from stores.people.forms import RIGHTS, DayOffForm, PersonForm, StoreForm
from stores.policies import CrmRequest, admins
from stores.recognising import pins
from stores.selectors import whole_number

PAGE = 50
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@require_GET
@admins
def people(request: CrmRequest) -> HttpResponse:
    """Who works in the chain; by name, role and store, fifty a page. Four queries."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "role", "store", "gone")}
    found = Employee.objects.prefetch_related("stores").filter(is_active=not asked["gone"])
    for word in asked["q"].split()[:4]:
        found = found.filter(Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(username__icontains=word))
    if asked["role"] in Role.values:
        found = found.filter(role=asked["role"])
    if store := whole_number(asked["store"]):
        found = found.filter(stores=store)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "roles": Role.choices, "stores": Store.objects.all()}
    return render(request, "stores/people.html", context)


@require_http_methods(["GET", "POST"])
@admins
def new_person(request: CrmRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, row=Employee(language=request.user.language))
    if request.method == "POST" and form.is_valid():
        password = _password()
        made = form.create(password)
        return _with_password(request, made, password)
    return _form_of(request, form, None)


@require_http_methods(["GET", "POST"])
@admins
def person(request: CrmRequest, pk: int) -> HttpResponse:
    """One's name, role, stores and permissions; whoever loses the role or a store is signed out, their errands go back."""
    employee = get_object_or_404(Employee, pk=pk)
    form = PersonForm(request.POST or None, row=employee)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("Saved."))
        return redirect("stores:person", pk)
    return _form_of(request, form, employee)


def _form_of(request: CrmRequest, form: PersonForm, employee: Employee | None) -> HttpResponse:
    context = {"form": form, "person": employee, "rights": [form[name] for name in RIGHTS]}
    return render(request, "stores/person.html", context, status=422 if request.method == "POST" else 200)


def _password() -> str:
    return "-".join(get_random_string(4, READABLE) for _part in range(3))


def _with_password(request: CrmRequest, employee: Employee, password: str) -> HttpResponse:
    return render(request, "stores/person_password.html", {"person": employee, "password": password})


@require_POST
@admins
def person_act(request: CrmRequest, pk: int, act: str) -> HttpResponse:
    """Dismiss, take back, sign out everywhere, a new password, a lost phone."""
    employee = get_object_or_404(Employee, pk=pk)
    if act == "dismiss":
        if employee == request.user or services.is_last_admin(employee.pk):
            messages.warning(request, _("The last admin stays, and nobody dismisses themselves."))
        else:
            services.dismiss(employee)
    elif act == "take-back":
        Employee.objects.filter(pk=pk).update(is_active=True)
    elif act == "sign-out":
        services.end_sessions(employee)
        pins.end(employee)
    elif act == "second-factor":
        services.forget_second_factor(employee)
    elif act == "password":
        password = _password()
        employee.set_password(password)
        employee.save(update_fields=["password"])
        return _with_password(request, employee, password)
    else:
        raise Http404
    return redirect("stores:person", pk)


@require_GET
@admins
def stores(request: CrmRequest) -> HttpResponse:
    """The chain's stores with their people. Two queries."""
    found = Store.objects.annotate(people=Count("employees", filter=Q(employees__is_active=True))).order_by("-is_active", "name")
    return render(request, "stores/stores.html", {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))})


@require_http_methods(["GET", "POST"])
@admins
def store(request: CrmRequest, pk: int = 0) -> HttpResponse:
    """A store, or a new one."""
    row = get_object_or_404(Store, pk=pk) if pk else Store()
    form = StoreForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        written = form.write() if pk else form.save()
        if written:
            messages.success(request, _("Saved."))
            return redirect("stores:store", written.pk)
    return _store(request, form, row, status=422 if request.method == "POST" else 200)


def _store(
    request: CrmRequest, form: StoreForm, row: Store, *, day_form: DayOffForm | None = None, status: int = 200
) -> HttpResponse:
    ahead = row.days_off.filter(day__gte=timezone.localdate())[:60] if row.pk else []
    context = {"form": form, "store": row, "days": ahead, "day_form": day_form or DayOffForm(store=row)}
    return render(request, "stores/store.html", context, status=status)


@require_POST
@admins
def day_off(request: CrmRequest, pk: int) -> HttpResponse:
    """A day on which the store is closed is added, or taken back."""
    row = get_object_or_404(Store, pk=pk)
    if remove := whole_number(request.POST.get("remove", "")):
        DayOff.objects.filter(store=row, pk=remove).delete()
        return redirect("stores:store", pk)
    form = DayOffForm(request.POST, store=row)
    if form.is_valid():
        DayOff.objects.create(store=row, **form.cleaned_data)
        return redirect("stores:store", pk)
    return _store(request, StoreForm(row=row), row, day_form=form, status=422)
