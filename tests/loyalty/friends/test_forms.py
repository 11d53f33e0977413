"""The terms for friends, as they are typed."""

from loyalty.friends.forms import ReferralTermsForm

TYPED = {"for_referrer": 500, "for_friend": 300, "floor": "5 000", "delay_days": 14, "most_a_year": 2, "life_days": 365}


def test_what_is_typed_is_what_holds(db: None) -> None:
    form = ReferralTermsForm(TYPED)

    assert form.is_valid()
    assert form.cleaned_data == {**TYPED, "floor": 5_000}


def test_no_floor_is_none(db: None) -> None:
    form = ReferralTermsForm({**TYPED, "floor": "", "life_days": 0})

    assert list(form.errors) == ["__all__"]
    assert form.cleaned_data["floor"] == 0
