"""Celery for Carat; the schedule is in settings, its state in the database."""

import os
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm_site.settings")
app = Celery("carat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _one_log(**kwargs: Any) -> None:
    from django.conf import settings

    dictConfig(settings.LOGGING)
