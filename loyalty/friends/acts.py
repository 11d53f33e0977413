"""Friends brought, rewarded by the night, and what makes it void."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from clients import locking
from clients.models import LIVE, Client, ContactBeside
from clients.writing import phones
from loyalty import selectors, services
from loyalty.ledger import Birth
from loyalty.models import Lot, Member, Referral, ReferralStatus, ReferralTerms, Source, VoidReason
from stores.models import Employee
from visits.models import CHAIN, Visit

YEAR = timedelta(days=365)
# So long after the bonuses a return of the purchase takes them back.
WATCHED = timedelta(days=90)


class NotAFriendError(Exception):
    """The client was not brought by this person: ``why`` names the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def referrer_of(text: str) -> Client | None:
    """Who is meant by a friend's code or the link with it, a phone, or the number of a plastic card. At most four queries."""
    text = text.strip().rstrip("/").rpartition("/")[2]
    if (key := selectors.friend_of_code(text)) and (known := Client.objects.filter(pk=key).select_related("merged_into").first()):
        meant = known.merged_into or known
        return meant if meant.state in LIVE else None
    phone = phones.normalise(text)
    if phone and (found := Client.objects.live().filter(phone=phone).first()):
        return found
    card = selectors.clients_of_card(text)
    return card[1][0] if card and card[1] else None


@transaction.atomic
def bring(friend: Client, referrer: Client, *, on: date, by: Employee | None) -> Referral:
    """The friend came by the referrer's word. The same word again is the same row. Raises NotAFriendError, GoneError."""
    cards = locking.lock_all([friend.pk, referrer.pk])
    friend, referrer = cards[friend.pk], cards[referrer.pk]
    if there := Referral.objects.filter(friend=friend).first():
        if there.referrer_id != referrer.pk:
            raise NotAFriendError("brought")
        return there
    if is_one_household(friend, referrer):
        raise NotAFriendError("same")
    if Visit.objects.filter(scope=CHAIN, client=friend.pk).exists():
        raise NotAFriendError("came before")
    try:
        with transaction.atomic():
            return Referral.objects.create(referrer=referrer, friend=friend, on=on, by=by)
    except IntegrityError:
        raise NotAFriendError("brought") from None


def is_one_household(one: Client, other: Client) -> bool:
    """One person, one account, or a phone or e-mail of both, further ones too. Two queries."""
    if one.pk == other.pk or _shares_a_contact(one, other):
        return True
    accounts = Member.objects.present().filter(client__in=[one.pk, other.pk]).values_list("account", flat=True)
    return len(set(accounts)) < len(accounts)


def _shares_a_contact(one: Client, other: Client) -> bool:
    own, theirs = {one.phone, one.email}, {other.phone, other.email}
    beside = ContactBeside.objects.kept().filter(client__in=[one.pk, other.pk]).values_list("client", "value")
    for client, value in beside:
        (own if client == one.pk else theirs).add(value)
    return bool((own & theirs) - {None, ""})


def reward(today: date) -> int:
    """Bonuses for both where the friend's purchase was kept so long; what came back since takes them away. Returns how many."""
    waiting = Referral.objects.filter(status=ReferralStatus.REGISTERED).select_related("friend", "referrer")
    given = sum(_reward(one, today) for one in waiting.order_by("pk").iterator())
    watched = Referral.objects.filter(status=ReferralStatus.REWARDED, rewarded_on__gte=today - WATCHED)
    for one in watched.order_by("pk").iterator():
        terms = ReferralTerms.objects.live_on(one.on).first()
        if terms and _qualified_on(one, terms) is None:
            void([one], VoidReason.RETURNED, on=today)
    return given


def _qualified_on(one: Referral, terms: ReferralTerms) -> date | None:
    """The day of the friend's first purchase over the floor of which enough was kept. One query."""
    visits = Visit.objects.filter(scope=CHAIN, client=one.friend_id, day__gte=one.on, items__gt=0, total__gte=terms.floor)
    return visits.order_by("day").values_list("day", flat=True).first()


@transaction.atomic
def _reward(one: Referral, today: date) -> bool:
    terms = ReferralTerms.objects.live_on(one.on).first()
    day = _qualified_on(one, terms) if terms and terms.gives else None
    if terms is None or day is None or day + timedelta(days=terms.delay_days) > today:
        return False
    locking.lock_all([one.friend_id, one.referrer_id])
    held = Referral.objects.select_for_update().get(pk=one.pk)
    if held.status != ReferralStatus.REGISTERED:
        return False
    if why := _against(held, terms, today):
        void([held], why, on=today)
        return False
    held.status, held.rewarded_on = ReferralStatus.REWARDED, today
    held.save(update_fields=["status", "rewarded_on"])
    _give(held, terms, today)
    return True


def _against(one: Referral, terms: ReferralTerms, today: date) -> VoidReason:
    if is_one_household(one.friend, one.referrer):
        return VoidReason.SAME
    a_year = Referral.objects.filter(referrer=one.referrer_id, status=ReferralStatus.REWARDED, rewarded_on__gt=today - YEAR)
    return VoidReason.LIMIT if a_year.count() >= terms.most_a_year else VoidReason.NONE


def _give(one: Referral, terms: ReferralTerms, today: date) -> None:
    birth = Birth(Source.REFERRAL, today, today + timedelta(days=terms.life_days))
    for whose, client, amount in _shares(one, terms):
        if amount:
            account = services.open_account(client, on=today)
            services.earn(account, amount, birth=birth, key=f"referral:{one.pk}:{whose}", on=today, by=None)


def _shares(one: Referral, terms: ReferralTerms) -> list[tuple[str, int, int]]:
    shares = [("referrer", one.referrer_id, terms.for_referrer), ("friend", one.friend_id, terms.for_friend)]
    return sorted(shares, key=lambda share: share[1])


@transaction.atomic
def void(referrals: Iterable[Referral], why: VoidReason, *, on: date) -> None:
    """They bring nothing; bonuses of which nothing was spent go."""
    for one in referrals:
        for lot in Lot.objects.filter(occasion_key__in=[f"referral:{one.pk}:{whose}" for whose in ("referrer", "friend")]):
            services.take_back(lot, on=on)
        one.status, one.reason, one.rewarded_on = ReferralStatus.VOID, why, None
        one.save(update_fields=["status", "reason", "rewarded_on"])
