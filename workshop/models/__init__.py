"""What the service desk keeps about pieces that were left."""

from workshop.models.kinds import HandedBy, ServiceKind, ServiceStatus
from workshop.models.offers import PriceOffer
from workshop.models.passports import Passport, PassportView
from workshop.models.photos import ServicePhoto
from workshop.models.places import HandOver
from workshop.models.requests import ServiceQuerySet, ServiceRequest, ServiceStep
from workshop.models.terms import AgreementText, Master, ServiceTerm

__all__ = [
    "AgreementText",
    "HandOver",
    "HandedBy",
    "Master",
    "Passport",
    "PassportView",
    "PriceOffer",
    "ServiceKind",
    "ServicePhoto",
    "ServiceQuerySet",
    "ServiceRequest",
    "ServiceStatus",
    "ServiceStep",
    "ServiceTerm",
]
