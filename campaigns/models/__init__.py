"""What is done by rule, and whom it has chosen."""

from campaigns.models.campaigns import ROUND, SOURCE, Campaign, CampaignQuerySet, CampaignState
from campaigns.models.clubs import Club, ClubMember, ClubMemberQuerySet, ClubQuerySet
from campaigns.models.days import ProgramDay
from campaigns.models.evenings import (
    GIVEN,
    MOST_GUESTS,
    OF_EVENING,
    WITH_GUESTS,
    Answer,
    Evening,
    EveningQuerySet,
    Invitation,
    InvitationQuerySet,
)
from campaigns.models.programs import (
    AHEAD,
    BEHIND,
    BIRTHDAY,
    COMPLAINTS_FIRST,
    MOST_DAYS_BEFORE,
    MOST_HOLDOUT,
    OF_INQUIRIES,
    PURPOSES,
    Program,
    Trigger,
)
from campaigns.models.quiet import MOST_QUIET, Quiet, QuietQuerySet
from campaigns.models.touches import Arm, Touch, TouchQuerySet, TouchState, Variant, Way, WhyOut

__all__ = [
    "AHEAD",
    "BEHIND",
    "BIRTHDAY",
    "COMPLAINTS_FIRST",
    "GIVEN",
    "MOST_DAYS_BEFORE",
    "MOST_GUESTS",
    "MOST_HOLDOUT",
    "MOST_QUIET",
    "OF_EVENING",
    "OF_INQUIRIES",
    "PURPOSES",
    "ROUND",
    "SOURCE",
    "WITH_GUESTS",
    "Answer",
    "Arm",
    "Campaign",
    "CampaignQuerySet",
    "CampaignState",
    "Club",
    "ClubMember",
    "ClubMemberQuerySet",
    "ClubQuerySet",
    "Evening",
    "EveningQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Program",
    "ProgramDay",
    "Quiet",
    "QuietQuerySet",
    "Touch",
    "TouchQuerySet",
    "TouchState",
    "Trigger",
    "Variant",
    "Way",
    "WhyOut",
]
