"""MoySklad's retail sales and returns, asked for by its JSON API 1.2 and kept as if they had been sent.

What changed since a moment is asked for, the oldest change first, a page after another by the moment of the last row: an offset
would pass over a row whenever one before it changes meanwhile. Each turn begins some minutes before the moment that was reached,
for changes that were committed late. What comes again is known by its text (``intake``). What lies in MoySklad's bin is asked
for in the same way, by the moment when it was put there.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from exchange import sealing
from exchange.adapters import StrangeDocumentError, moysklad
from exchange.documents import contract, intake, withdrawing
from exchange.documents.contract import UnreadableError
from exchange.gateways import UnreachableError, fetch
from exchange.models import Pull, Source
from stores.texts.kept_words import Words
from stores.texts.kept_words import words as _

log = structlog.get_logger(__name__)
EVERY, LEASE, OVERLAP = timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=10)
# Who refuses the token is not asked every minute: MoySklad locks out who goes on failing.
REFUSED_WAITS, BROKEN_WAITS, LONGEST_WAIT = timedelta(minutes=30), timedelta(minutes=5), timedelta(hours=1)
# With ``expand`` a page has a hundred rows at most; so many pages of a kind in a turn.
PAGE, MOST_PAGES = 100, 50


class WaitError(Exception):
    """Nothing is to be asked before ``wait`` is over; the text says why, "" where it is the usual pace."""

    def __init__(self, wait: timedelta, words: Words | str = "") -> None:
        super().__init__(words)
        self.wait, self.words = wait, words


class _Page(NamedTuple):
    rows: list[dict[str, Any]]
    pause: timedelta | None


def begin(source: Source, token: str, *, since: datetime) -> Pull:
    """Ask with this token from now on, for what changed since a moment. A second time it takes the place of the first."""
    facts = {"token": sealing.sealed(token), "since": since, "reached": {}, "due_at": timezone.now()}
    fresh = {"off_at": None, "failing_since": None, "words": ""}
    made, _is_new = Pull.objects.update_or_create(source=source, defaults=facts | fresh)
    return made


def switch(pull: Pull, *, on: bool) -> None:
    """What was reached stays: switched on again it goes on from there."""
    told = {"off_at": None, "due_at": timezone.now()} if on else {"off_at": timezone.now(), "failing_since": None}
    Pull.objects.filter(pk=pull.pk).update(**told)


def pull() -> int:
    """Ask every account whose time it is; of two workers one does. Returns how many new documents were kept."""
    due = Pull.objects.filter(off_at=None, due_at__lte=timezone.now()).values_list("pk", flat=True)
    return sum(_turn(pk) for pk in list(due))


def _turn(pk: int) -> int:
    now = timezone.now()
    if not Pull.objects.filter(pk=pk, off_at=None, due_at__lte=now).update(due_at=now + LEASE):
        return 0
    account, kept = Pull.objects.select_related("source").get(pk=pk), 0
    try:
        token = sealing.opened(account.token)
        for moment, kind in product((moysklad.CHANGED, moysklad.GONE), moysklad.OPERATIONS):
            for news in _take(account, kind, moment, token):
                kept += news
    except WaitError as error:
        _settle(account, error.wait, error.words)
    except sealing.SealError:
        _settle(account, REFUSED_WAITS, _("the key of the server was replaced: give the token anew"))
    else:
        _settle(account, EVERY, "")
    return kept


def _settle(account: Pull, wait: timedelta, words: Words | str) -> None:
    """When it is asked again, and what went wrong."""
    now = timezone.now()
    facts: dict[str, Any] = {"due_at": now + wait, "words": words}
    if words:
        log.warning("moysklad.not_taken", source=account.source.name, why=str(words))
        facts["failing_since"] = account.failing_since or now
    else:
        facts |= {"failing_since": None, "taken_at": now}
    _same(account).update(**facts)


def _take(account: Pull, kind: str, moment: str, token: str) -> Iterator[int]:
    """What changed of a kind, or went into the bin, up to now: how many documents of each page that is news of.

    Raises WaitError; what was kept stays kept.
    """
    reached = kind if moment == moysklad.CHANGED else f"{kind}.{moment}"
    since, offset = _second(account.reached_by(reached) - OVERLAP), 0
    for _page in range(MOST_PAGES):
        page = _ask(token, kind, moment, since, offset)
        yield _told(account.source, kind, moment, page.rows)
        if page.rows:
            last = _moment(page.rows[-1], moment)
            _note(account, reached, last)
            offset = offset + PAGE if _second(last) == since else 0
            since = _second(last)
        if page.pause:
            raise WaitError(page.pause)
        if len(page.rows) < PAGE:
            break


def _second(moment: datetime) -> datetime:
    """Filters are of whole seconds: what changed within one is asked for again."""
    return moment.astimezone(moysklad.MOSCOW).replace(microsecond=0)


def _note(account: Pull, kind: str, reached: datetime) -> None:
    """A turn that is cut off goes on from here."""
    if reached > account.reached_by(kind):
        account.reached = {**account.reached, kind: reached.isoformat()}
        _same(account).update(reached=account.reached)


def _same(account: Pull) -> "QuerySet[Pull]":
    """The account, unless it was given another token or beginning meanwhile."""
    return Pull.objects.filter(pk=account.pk, token=account.token)


def _ask(token: str, kind: str, moment: str, since: datetime, offset: int) -> _Page:
    """One page. Raises WaitError."""
    asked = {
        "filter": f"{moment}>={since:%Y-%m-%d %H:%M:%S}", "order": f"{moment},asc", "limit": PAGE, "offset": offset,
    }  # fmt: skip
    if moment == moysklad.CHANGED:
        asked["expand"] = moysklad.EXPAND
    else:
        asked["filter"] = f"isDeleted=true;{asked['filter']}"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json;charset=utf-8", "Accept-Encoding": "gzip"}
    try:
        answer = fetch(f"{settings.MOYSKLAD_URL}/entity/{kind}?{urlencode(asked)}", headers)
    except UnreachableError as error:
        raise WaitError(BROKEN_WAITS, error.words) from None
    if answer.status == 429:
        raise WaitError(_told_to_wait(answer.headers))
    if answer.status in (401, 403):
        raise WaitError(
            REFUSED_WAITS, _("the token is refused (%(status)s): make a new one in MoySklad") % {"status": answer.status}
        )
    if answer.status != 200:
        raise WaitError(BROKEN_WAITS, f"{answer.status} {answer.body[:120].decode('utf-8', 'replace')}")
    rows = _rows(answer.body)
    is_used_up = answer.headers.get("X-RateLimit-Remaining") == "0"
    return _Page(rows, _told_to_wait(answer.headers) if is_used_up else None)


def _rows(body: bytes) -> list[dict[str, Any]]:
    try:
        said = contract.plain(body.decode("utf-8", "backslashreplace"))
    except UnreadableError:
        said = None
    rows = said.get("rows") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WaitError(BROKEN_WAITS, _("the answer is no page of MoySklad"))
    return rows


def _told_to_wait(headers: Mapping[str, str]) -> timedelta:
    """Its own headers are of milliseconds, the common one of seconds; a second at least, an hour at most."""
    told = [
        *(_number(headers.get(name)) / 1_000 for name in ("X-Lognex-Retry-After", "X-Lognex-Reset")),
        _number(headers.get("Retry-After")),
    ]
    wait = max(told) or _number(headers.get("X-Lognex-Retry-TimeInterval")) / 1_000
    return min(LONGEST_WAIT, timedelta(seconds=max(1, wait)))


def _number(said: str | None) -> float:
    return float(said) if said and said.isascii() and said.isdigit() and len(said) < 12 else 0


def _moment(row: dict[str, Any], moment: str) -> datetime:
    """When a row was changed last, or put into the bin. Raises WaitError."""
    try:
        return datetime.fromisoformat(str(row.get(moment))).replace(tzinfo=moysklad.MOSCOW)
    except ValueError:
        raise WaitError(BROKEN_WAITS, _("the answer is no page of MoySklad")) from None


def _told(source: Source, kind: str, moment: str, rows: list[dict[str, Any]]) -> int:
    """Keep the documents of a page; what is unposted or deleted is taken back. Returns of how many that is news."""
    taken_back = [row for row in rows if moment == moysklad.GONE or row.get("applicable") is False]
    kept = sum(_keep(source, row) for row in rows if row not in taken_back)
    numbers = [str(row.get("id")) for row in taken_back]
    return kept + (withdrawing.withdraw(source, moysklad.OPERATIONS[kind], numbers) if numbers else 0)


def _keep(source: Source, row: dict[str, Any]) -> int:
    """Keep one document. Returns how many are new and can be read, or have come again after they were taken back."""
    try:
        told = moysklad.documents(row)
    except StrangeDocumentError as error:
        intake.strange(source, json.dumps(row, ensure_ascii=False, default=str), error)
        return 0
    kept = [intake.keep(source, json.dumps(one, ensure_ascii=False, default=str).encode()) for one in told]
    back = sum(withdrawing.bring_back(one.document) for one in kept if one.document.gone_at)
    return back + sum(one.is_new and not one.wrongs for one in kept)
