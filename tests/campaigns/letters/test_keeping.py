"""The page of a newsletter is made once, and its trial is nobody's."""

from campaigns.letters import keeping
from messaging.models import Letter
from tests.campaigns.once.conftest import Draft


def test_a_page_is_kept_with_what_is_the_same_for_all(newsletter: Draft) -> None:
    campaign = newsletter(body=[{"kind": "text", "text": "{name}: {occasion} до {occasion_day}, {chain}"}])

    kept, again = keeping.keep(campaign), keeping.keep(campaign)

    assert (kept, kept.topic, keeping.kept(campaign)) == (again, campaign.topic, kept)
    assert kept.text.startswith("{name}: Новая коллекция до 10 декабря, ")
    assert "{name}: Новая коллекция до 10 декабря" in kept.html


def test_a_trial_is_filled_and_the_next_takes_its_place(newsletter: Draft) -> None:
    campaign = newsletter()
    keeping.keep_trial(campaign)
    campaign.subject = "Другая тема"

    letter = keeping.keep_trial(campaign)

    assert (letter.subject, letter.text) == ("Другая тема", "Новая коллекция\n\nЕлена Викторовна, приходите.")
    assert "Елена Викторовна, <strong>приходите</strong>" in letter.html
    assert (Letter.objects.count(), keeping.kept(campaign)) == (1, None)
    assert "/l/" in keeping.copy_of(letter)
