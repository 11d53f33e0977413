"""Celery for Carat; the schedule is in settings, its state in the database."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_site.settings")
app = Celery("carat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def _without_torn_files(**kwargs: Any) -> None:
    from django.conf import settings

    from crm_site import torn

    if not settings.REDIS_URL:
        torn.set_aside(settings.QUEUE_DIR)


@setup_logging.connect
def _one_log(**kwargs: Any) -> None:
    from django.conf import settings

    dictConfig(settings.LOGGING)
