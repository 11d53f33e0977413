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
from campaigns.models.touches import Arm, Touch, TouchQuerySet, TouchState, Variant, Way, WhyOut

__all__ = [
    "AHEAD",
    "BEHIND",
    "BIRTHDAY",
    "COMPLAINTS_FIRST",
    "MOST_DAYS_BEFORE",
    "MOST_HOLDOUT",
    "PURPOSES",
    "ROUND",
    "SOURCE",
    "Arm",
    "Campaign",
    "CampaignQuerySet",
    "CampaignState",
    "Program",
    "Touch",
    "TouchQuerySet",
    "TouchState",
    "Trigger",
    "Variant",
    "Way",
    "WhyOut",
]
