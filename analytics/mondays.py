"""The report of the week by mail, for those who asked for it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics import snapshots
from analytics.figures.periods import Period
from analytics.figures.returning import ReturningReport, premium
from analytics.models import WeeklyLetter
from analytics.shown import printed, report_pdf
from stores import writing
from stores.models import Employee, Role, Store

log = structlog.get_logger(__name__)
HOUR, MONTHS = 8, 13  # o'clock where the store is; months of the chart


def letter_of(employee: Employee) -> WeeklyLetter | None:
    return WeeklyLetter.objects.select_related("store").filter(employee=employee).first()


def begin(employee: Employee, store: Store | None) -> None:
    """From the next Monday on; whoever has the letter already gets it over this store instead."""
    monday = _monday(_today(store, timezone.now()))
    WeeklyLetter.objects.update_or_create(employee=employee, defaults={"store": store, "told": monday})


def end(employee: Employee) -> None:
    WeeklyLetter.objects.filter(employee=employee).delete()


def send_due(now: datetime) -> int:
    """Write to everybody whose Monday has come. Returns to how many; none where there is no mail.

    A letter is claimed before it is sent: two workers write once. One that the mail server does not take is due again.
    """
    if not settings.SMTP_HOST:
        return 0
    due = WeeklyLetter.objects.select_related("employee", "store").filter(employee__is_active=True).exclude(employee__email="")
    return sum(_send(letter, now) for letter in due)


def _send(letter: WeeklyLetter, now: datetime) -> int:
    local = _local(letter.store, now)
    monday = _monday(local.date())
    if letter.told >= monday or (local.date() == monday and local.hour < HOUR) or not _may_see(letter.employee, letter.store):
        return 0
    if not WeeklyLetter.objects.filter(pk=letter.pk, told=letter.told).update(told=monday):
        return 0
    try:
        with translation.override(letter.employee.language):
            return _message(letter, Period(monday - timedelta(days=7), monday - timedelta(days=1))).send()
    except OSError as error:  # a mail server that is away is no reason to fail
        log.warning("monday.letter_not_sent", employee=letter.employee_id, error=str(error)[:200])
        WeeklyLetter.objects.filter(pk=letter.pk, told=monday).update(told=letter.told)
        return 0


def _message(letter: WeeklyLetter, week: Period) -> EmailMessage:
    report = snapshots.report(week, store=letter.store).report
    before = snapshots.report(week.before(), store=letter.store).report
    months = snapshots.months(week.last, count=MONTHS, store=letter.store)
    chosen = f"&store={letter.store_id}" if letter.store_id else ""
    page = f"{settings.SITE_URL}{reverse('analytics:returning')}?first={week.first}&last={week.last}{chosen}"
    words = [_compared(report, before), *printed.paragraphs(report), _("In detail: %(address)s") % {"address": page}]
    days = {"first": date_format(week.first, "j E"), "last": date_format(week.last, "j E")}
    subject = _("%(first)s – %(last)s: revenue %(sum)s") % {**days, "sum": writing.roubles(report.total.revenue)}
    message = EmailMessage(subject, "\n\n".join(filter(None, words)), settings.EMAIL_SENDER, [letter.employee.email])
    message.attach(f"carat-{week.first}-{week.last}.pdf", report_pdf.pdf(report, months, letter.store), "application/pdf")
    return message


def _compared(report: ReturningReport, before: ReturningReport) -> str:
    """The sum beside the week before; nothing where there is nothing to compare with."""
    change = premium(report.total.revenue, before.total.revenue)
    if change is None or not report.total.revenue:
        return ""
    than = {"change": writing.percent(abs(change), 0), "sum": writing.roubles(before.total.revenue)}
    if round(change) == Decimal(0):
        return _("Revenue is what it was a week before.")
    if change > 0:
        return _("Revenue is %(change)s more than a week before (%(sum)s).") % than
    return _("Revenue is %(change)s less than a week before (%(sum)s).") % than


def _may_see(employee: Employee, store: Store | None) -> bool:
    """What they may see today, not on the day on which they asked."""
    if employee.role == Role.SELLER:
        return False
    return store in employee.visible_stores if store else employee.sees_chain()


def _local(store: Store | None, now: datetime) -> datetime:
    return timezone.localtime(now, store.zone if store else None)


def _today(store: Store | None, now: datetime) -> date:
    return _local(store, now).date()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
