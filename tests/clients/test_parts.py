"""Nothing that is kept about a client is forgotten when cards become one, or when a person asks to be erased."""

from django.apps import apps

from clients.models import Client
from clients.sameness import merging
from inquiries import parts as inquiries_parts
from loyalty import parts as loyalty_parts
from messaging import parts as messaging_parts
from portal import parts as portal_parts
from purchases import parts as purchases_parts
from workshop import parts as workshop_parts

BY_APPS = (messaging_parts, loyalty_parts, purchases_parts, workshop_parts, inquiries_parts, portal_parts)
MOVED = {*merging.TABLES, *(table for part in BY_APPS for table in part.TABLES)}
# What ``merging`` moves by rules of its own, or what must not move.
BY_RULE = {
    "clients.occasion": "one of a kind",
    "clients.contactbeside": "one of a value",
    "clients.contactconflict": "one of a question",
    "clients.client": "reached through; merged into",
    "clients.consent": "append-only: the stricter word is said again",
    "clients.pair": "answered or asked anew",
    "clients.kin": "one of a pair, and none with oneself: tests/clients/test_households.py",
    "clients.merge": "tells of the merge itself",
    "campaigns.touch": "one a round: tests/campaigns/test_parts.py",
    "campaigns.invitation": "one to an evening: tests/campaigns/evenings/test_parts.py",
    "campaigns.clubmember": "one in a club: tests/campaigns/evenings/test_parts.py",
    "messaging.turnedoff": "once a topic: tests/messaging/test_parts.py",
    "loyalty.member": "accounts are joined: tests/loyalty/test_joining.py",
    "loyalty.referral": "a friend is brought once: tests/loyalty/friends/test_following.py",
    "visits.visit": "derived",
    "visits.clientactivity": "derived",
    "visits.rhythm": "derived",
    "clients.historicalclient": "the past of each card is its own",
    "clients.historicalcontactbeside": "the past of each card is its own",
    "purchases.historicalorder": "whose it was then",
    "purchases.historicalpurchase": "whose it was then",
    "workshop.historicalservicerequest": "whose it was then",
}


def test_every_table_that_points_to_clients_has_its_rule() -> None:
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) and field.concrete and field.related_model is Client
    }

    ruled = {model for model in pointing if model._meta.label_lower in BY_RULE}
    assert pointing - ruled == MOVED
    assert {model._meta.label_lower for model in ruled} == BY_RULE.keys()
