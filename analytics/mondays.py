"""The report of the week, and boards, by mail on Mondays, for those who asked for them."""

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
from analytics.boards import composed, pdf, selectors, sources
from analytics.figures.periods import Period
from analytics.figures.returning import ReturningReport, premium
from analytics.models import Board, WeeklyLetter
from analytics.shown import printed, report_pdf
from stores.models import Employee, Role, Store
from stores.texts import writing

log = structlog.get_logger(__name__)
HOUR, MONTHS = 8, 13  # o'clock where the store is; months of the chart


def letter_of(employee: Employee) -> WeeklyLetter | None:
    return WeeklyLetter.objects.select_related("store").filter(employee=employee, board=None).first()


def begin(employee: Employee, store: Store | None) -> None:
    """From the next Monday on; whoever has the letter already gets it over this store instead."""
    monday = _monday(_today(store, timezone.now()))
    WeeklyLetter.objects.update_or_create(employee=employee, board=None, defaults={"store": store, "told": monday})


def end(employee: Employee) -> None:
    WeeklyLetter.objects.filter(employee=employee, board=None).delete()


def brings(employee: Employee, board: Board) -> bool:
    return WeeklyLetter.objects.filter(employee=employee, board=board).exists()


def begin_board(employee: Employee, board: Board) -> None:
    """A board that they may open, from the next Monday on, by the clock of the first of their stores."""
    store = next(iter(employee.visible_stores), None)
    told = _monday(_today(store, timezone.now()))
    WeeklyLetter.objects.get_or_create(employee=employee, board=board, defaults={"store": store, "told": told})


def end_board(employee: Employee, board: Board) -> None:
    WeeklyLetter.objects.filter(employee=employee, board=board).delete()


def send_due(now: datetime) -> int:
    """Write to everybody whose Monday has come. Returns to how many; none where there is no mail.

    A letter is claimed before it is sent: two workers write once. One that the mail server does not take is due again.
    """
    if not settings.SMTP_HOST:
        return 0
    due = (
        WeeklyLetter.objects.select_related("employee", "store", "board")
        .filter(employee__is_active=True)
        .exclude(employee__email="")
    )
    return sum(_send(letter, now) for letter in due)


def _send(letter: WeeklyLetter, now: datetime) -> int:
    local = _local(letter.store, now)
    monday = _monday(local.date())
    if letter.told >= monday or (local.date() == monday and local.hour < HOUR) or not _may_see(letter):
        return 0
    if not WeeklyLetter.objects.filter(pk=letter.pk, told=letter.told).update(told=monday):
        return 0
    try:
        with translation.override(letter.employee.language):
            return _written(letter, monday).send()
    except OSError as error:  # a mail server that is away is no reason to fail
        log.warning("monday.letter_not_sent", employee=letter.employee_id, error=str(error)[:200])
        WeeklyLetter.objects.filter(pk=letter.pk, told=monday).update(told=letter.told)
        return 0


def _written(letter: WeeklyLetter, monday: date) -> EmailMessage:
    if letter.board:
        return _board_message(letter.employee, letter.board, monday)
    return _message(letter, Period(monday - timedelta(days=7), monday - timedelta(days=1)))


def _board_message(employee: Employee, board: Board, monday: date) -> EmailMessage:
    """What the board shows its reader that morning; what is not counted yet is counted first."""
    reader = composed.reader_of(employee, monday)
    sources.compute(composed.compose(board, reader).missing)
    told = composed.compose(board, reader)
    page = f"{settings.SITE_URL}{reverse('analytics:board', args=[board.pk])}"
    words = "\n".join(composed.in_words(told))
    subject = _("%(board)s, %(day)s") % {"board": board.name, "day": date_format(monday, "j E")}
    in_detail = _("In detail: %(address)s") % {"address": page}
    message = EmailMessage(subject, f"{words}\n\n{in_detail}", settings.EMAIL_SENDER, [employee.email])
    message.attach(f"carat-{monday}.pdf", pdf.pdf(board, told, reader.store), "application/pdf")
    return message


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


def _may_see(letter: WeeklyLetter) -> bool:
    """What they may see today, not on the day on which they asked."""
    employee, store = letter.employee, letter.store
    if employee.role == Role.SELLER:
        return False
    if letter.board:
        return bool(employee.visible_stores) and selectors.seen_by(employee).filter(pk=letter.board.pk).exists()
    return store in employee.visible_stores if store else employee.sees_chain()


def _local(store: Store | None, now: datetime) -> datetime:
    return timezone.localtime(now, store.zone if store else None)


def _today(store: Store | None, now: datetime) -> date:
    return _local(store, now).date()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
