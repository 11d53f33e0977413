"""What is done by rule, and whom it has chosen."""

from campaigns.models.campaigns import ROUND, SOURCE, Campaign, CampaignQuerySet, CampaignState
from campaigns.models.programs import (
    AHEAD,
    BEHIND,
    BIRTHDAY,
    COMPLAINTS_FIRST,
    MOST_DAYS_BEFORE,
    MOST_HOLDOUT,
    PURPOSES,
    Program,
    Trigger,
)
from campaigns.models.quiet import MOST_QUIET, Quiet, QuietQuerySet
from campaigns.models.touches import Arm, Touch, TouchQuerySet, TouchState, Way, WhyOut

__all__ = [
    "AHEAD",
    "BEHIND",
    "BIRTHDAY",
    "COMPLAINTS_FIRST",
    "MOST_DAYS_BEFORE",
    "MOST_HOLDOUT",
    "MOST_QUIET",
    "PURPOSES",
    "ROUND",
    "SOURCE",
    "Arm",
    "Campaign",
    "CampaignQuerySet",
    "CampaignState",
    "Program",
    "Quiet",
    "QuietQuerySet",
    "Touch",
    "TouchQuerySet",
    "TouchState",
    "Trigger",
    "Way",
    "WhyOut",
]
