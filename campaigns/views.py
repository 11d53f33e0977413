"""The birthday program: on or off, its hour, its text, and whom it greets in the coming days."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns import selectors
from campaigns.forms import ProgramForm
from campaigns.models import Program
from stores.policies import CrmRequest, managers
from stores.selectors import counter


@require_http_methods(["GET", "POST"])
@managers
def birthdays(request: CrmRequest) -> HttpResponse:
    program = get_object_or_404(Program.objects.select_related("template"), kind=Program.Kind.BIRTHDAY)
    form = ProgramForm(request.POST or None, instance=program)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The program is saved."))
        return redirect("campaigns:birthdays")
    here = counter(request)
    today = here.store.today() if here.store else timezone.localdate()
    context = {"program": program, "form": form, "celebrating": selectors.celebrating(here.stores, today=today), "today": today}
    return render(request, "campaigns/birthdays.html", context, status=422 if request.method == "POST" else 200)
