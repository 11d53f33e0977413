from crm_site.celery import app as celery_app

__all__ = ["celery_app"]

VERSION = "0.1.0"
