"""Celery as the house sets it up: its schedule, and one log for the web and for workers."""

import logging
from collections.abc import Iterator

import pytest
from celery.signals import setup_logging
from django.conf import settings
from structlog.stdlib import ProcessorFormatter

from crm_site.celery import app


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger; its handlers are put back."""
    logger = logging.getLogger()
    usual = list(logger.handlers)
    yield logger
    logger.handlers[:] = usual


def test_a_worker_writes_its_log_as_the_web_does(root: logging.Logger) -> None:
    root.handlers.clear()

    setup_logging.send(sender=None)

    assert [type(handler.formatter) for handler in root.handlers] == [ProcessorFormatter]


def test_a_worker_takes_one_task_at_a_time_and_keeps_no_results() -> None:
    assert (app.conf.worker_prefetch_multiplier, app.conf.task_ignore_result) == (1, True)
    assert app.conf.beat_schedule == settings.CELERY_BEAT_SCHEDULE
    assert (app.conf.timezone, app.conf.beat_scheduler) == (
        settings.CHAIN_TIME_ZONE,
        "django_celery_beat.schedulers:DatabaseScheduler",
    )
