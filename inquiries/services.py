"""Inquiries written down, moved on and, long after, taken out of what is known of people."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clients.models import Client
from inquiries import left, wishes
from inquiries.models import OPEN, Inquiry, LostReason, Source, State
from messaging import errands, halting
from messaging.models import Errand
from stores.chain_day import day_of
from stores.models import Employee, Store

WON_WITHIN = timedelta(days=60)
KEPT = timedelta(days=180)
Topic = Errand.Topic
# A contact that a stranger may leave so many times a day.
MOST_A_DAY = 3


class MovedMeanwhileError(Exception):
    """Somebody else moved the inquiry on since the page was opened."""

    def __init__(self, inquiry: Inquiry) -> None:
        super().__init__(str(inquiry))
        self.inquiry = inquiry


class Contact(NamedTuple):
    """How to reach somebody; each part may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""


def holder(contact: Contact) -> Client | None:
    """Whose phone or e-mail it is; nobody's where several cards share an address. One query."""
    if not (contact.phone or contact.email):
        return None
    theirs = Q(phone=contact.phone) if contact.phone else Q(email=contact.email)
    found = list(Client.objects.live().filter(theirs)[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def note(
    wish: str, contact: Contact, *, source: Source, store: Store | None, seller: Employee | None = None,
    client: Client | None = None, lost_reason: str = "", for_day: date | None = None, consent_text: str = "", form_key: UUID,
) -> Inquiry:  # fmt: skip
    """Write an inquiry down; the same ``form_key`` again is the same inquiry.

    Whom nobody can reach is not bought at once; for others the next step is tomorrow, an errand where there is a card.
    """
    if known := Inquiry.objects.filter(form_key=form_key).first():
        return known
    today, client = store.today() if store else day_of(timezone.now()), client or holder(contact)
    is_lost = bool(lost_reason) or not (client or contact.phone or contact.email)
    inquiry = Inquiry.objects.create(
        source=source, came_on=today, won_until=today + WON_WITHIN, store=store, seller=seller, client=client,
        **contact._asdict(), wish=wish[:300], **wishes.read(wish)._asdict(), for_day=for_day, consent_text=consent_text,
        state=State.LOST if is_lost else State.NEW, lost_reason=(lost_reason or LostReason.SILENT) if is_lost else "",
        next_on=None if is_lost else today + timedelta(days=1), step_at=timezone.now(), form_key=form_key,
    )  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):  # whoever takes the errand may speak another language than who wrote it
        _give_errand(inquiry, _("Had not bought: %(wish)s") % {"wish": wish or _("what they wanted is not said")})
    return inquiry


def _give_errand(inquiry: Inquiry, reason: str) -> None:
    """The next step as an errand; without a card it stands on the board alone."""
    if inquiry.client is None or inquiry.next_on is None:
        return
    key = f"inquiry:{inquiry.pk}:{inquiry.steps}"
    store = inquiry.store or inquiry.client.home_store
    inquiry.errand, _is_new = errands.ask_for(
        inquiry.client, store=store, occasion_key=key, reason=reason, due_on=inquiry.next_on, is_service=True, topic=Topic.INQUIRY
    )
    inquiry.save(update_fields=["errand"])


def left_today(contact: Contact) -> int:
    """How often strangers left this contact in 24 hours. One query."""
    theirs = Q(phone=contact.phone) if contact.phone else Q(email=contact.email)
    return Inquiry.objects.filter(theirs, source=Source.FORM, created_at__gte=timezone.now() - timedelta(days=1)).count()


@transaction.atomic
def step(
    inquiry: Inquiry, to: str, *, was: str, by: Employee, next_on: date | None = None, reason: str = "", words: str = ""
) -> Inquiry:
    """Move an inquiry on from where the person saw it. A next day becomes an errand where there is a card.

    What programs were about to say of it is called off. Raises MovedMeanwhileError; nothing is written then.
    """
    if inquiry.client:
        halting.lock(inquiry.client)
    locked = Inquiry.objects.select_for_update(of=("self",)).select_related("client", "store", "errand").get(pk=inquiry.pk)
    if locked.state != was or locked.erased_at:
        raise MovedMeanwhileError(locked)
    _close_errand(locked, by)
    left.call_off(locked, now=timezone.now())
    locked.state, locked.lost_reason = to, reason if to == State.LOST else ""
    locked.words, locked.step_at, locked.steps = words[:300] or locked.words, timezone.now(), locked.steps + 1
    locked.next_on = next_on if to in OPEN else None
    locked.seller = locked.seller or by
    locked.save()
    with translation.override(settings.LANGUAGE_CODE):
        _give_errand(locked, _("Inquiry: %(wish)s") % {"wish": locked.words or locked.wish})
    return locked


def _close_errand(inquiry: Inquiry, by: Employee) -> None:
    """The errand of the step that is done now."""
    errand, inquiry.errand = inquiry.errand, None
    Inquiry.objects.filter(pk=inquiry.pk).update(errand=None)
    if errand and errand.outcome == Errand.Outcome.OPEN:
        errands.close(errand, Errand.Outcome.DONE, by=by, now=timezone.now())


def follow_errand(errand: Errand, now: datetime) -> None:
    """What came of an errand moves its inquiry: done is talked to, dropped is not bought, put off is a later step.

    An errand of a program about it does so too; what else programs were about to say of it is called off.
    """
    told, its_own = left.inquiry_of(errand.occasion_key), errand.occasion_key.startswith(("inquiry:", "wish:"))
    if not (told or its_own):
        return
    halting.lock(errand.client)
    meant = Q(errand=errand) if its_own else Q(pk=told, client=errand.client)
    inquiry = Inquiry.objects.open().select_for_update(of=("self",)).filter(meant).first()
    if inquiry is None:
        return
    if errand.outcome in (Errand.Outcome.DONE, Errand.Outcome.DROPPED):
        left.call_off(inquiry, now=now)
    if errand.outcome == Errand.Outcome.DONE:
        inquiry.state, inquiry.next_on = State.CONTACTED, None
    elif errand.outcome == Errand.Outcome.DROPPED:
        inquiry.state, inquiry.lost_reason, inquiry.next_on = State.LOST, LostReason.SILENT, None
    else:
        inquiry.next_on = errand.due_on
    inquiry.step_at = now
    inquiry.save(update_fields=["state", "lost_reason", "next_on", "step_at"])


def forget(inquiries: models.QuerySet[Inquiry]) -> int:
    """Take what tells of people out; kind, source, store and end stay for the figures. Open ones end as not bought."""
    inquiries.filter(state__in=OPEN).update(state=State.LOST, lost_reason=LostReason.SILENT)
    return inquiries.filter(erased_at=None).update(
        client=None, name="", phone="", email="", wish="", words="", consent_text="", article_key="", errand=None, purchase=None,
        next_on=None, erased_at=timezone.now(),
    )  # fmt: skip


def forget_old(now: datetime) -> int:
    """Take people out of inquiries without a step for 180 days. Returns how many."""
    return forget(Inquiry.objects.filter(step_at__lt=now - KEPT, erased_at=None))
