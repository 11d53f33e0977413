"""The page of a newsletter is made once: when its campaign is frozen, or for a trial."""

from campaigns.letters import blocks, rendering
from campaigns.letters.rendering import Facts, Page
from campaigns.models import Campaign
from messaging import filling, texts
from messaging.address import Addressee, values_for
from messaging.models import Letter
from messaging.unsubscribing import NOBODY, copy_address


def facts_of(campaign: Campaign) -> Facts:
    return Facts(campaign.subject, campaign.occasion, campaign.topic.title if campaign.topic else "")


def page_of(campaign: Campaign) -> Page:
    """The page as it would be frozen now. At most two queries."""
    return rendering.page_of(blocks.read(campaign.body), facts_of(campaign))


def keep(campaign: Campaign) -> Letter:
    """The page that everybody gets, with what is the same for all of them filled in; in the caller's transaction."""
    page, mine = page_of(campaign), _of_campaign(campaign)
    told = {"topic": campaign.topic, "subject": campaign.subject}
    html, text = filling.fill_page(page.html, mine), texts.fill(page.text, mine)
    return Letter.objects.update_or_create(source=campaign.source, defaults={**told, "html": html, "text": text})[0]


def keep_trial(campaign: Campaign) -> Letter:
    """The page of a draft, filled as for a client, in the place of the trial before it."""
    page, values = page_of(campaign), example(campaign)
    told = {"topic": campaign.topic, "subject": texts.fill(campaign.subject, values)}
    html, text = filling.fill_page(page.html, values), texts.fill(page.text, values)
    return Letter.objects.update_or_create(source=f"{campaign.source}:trial", defaults={**told, "html": html, "text": text})[0]


def example(campaign: Campaign) -> dict[str, str]:
    """What stands for the placeholders where nobody of the clients is meant."""
    to = Addressee("Елена", "Викторовна", "ru", campaign.store)
    return values_for(to, occasion=campaign.occasion, day=campaign.occasion_until)


def kept(campaign: Campaign) -> Letter | None:
    """What was frozen. One query."""
    return Letter.objects.filter(source=campaign.source).first()


def copy_of(letter: Letter) -> str:
    """Where the page is seen as nobody's."""
    return copy_address(letter.pk, NOBODY)


def _of_campaign(campaign: Campaign) -> dict[str, str]:
    all_of_them = example(campaign)
    return {name: all_of_them[name] for name in ("occasion", "occasion_day", "chain")}
