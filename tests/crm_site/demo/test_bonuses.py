"""A year of loyalty in the demo: its ledger adds up, and its receipts say what it says."""

from datetime import date

from django.db.models import F, Q, Sum

from crm_site.demo.chain import Demo, Size
from loyalty.models import Entry, EntryKind, Lot, Source
from loyalty.nightly import differences
from purchases.models import Deduction, DeductionSource, Piece

TODAY = date(2026, 6, 17)


def test_a_year_of_bonuses_adds_up(db: None) -> None:
    Demo(Size(120, 300, 2018), lambda what, done, total: None, TODAY).make()

    assert list(differences()) == []
    earned = Lot.objects.filter(source=Source.PURCHASE).aggregate(sum=Sum("amount"))["sum"]
    assert Piece.objects.aggregate(sum=Sum("earned"))["sum"] == earned > 0
    spent = Entry.objects.filter(kind=EntryKind.SPEND).aggregate(sum=Sum("amount"))["sum"]
    assert Deduction.objects.filter(source=DeductionSource.BONUS).aggregate(sum=Sum("amount"))["sum"] == -spent > 0
    assert not Lot.objects.filter(Q(until_on__lt=TODAY, left__gt=0) | Q(left__gt=F("amount"))).exists()
    assert Lot.objects.filter(source=Source.BIRTHDAY, left=0).exists()
