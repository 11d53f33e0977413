"""Logs on stderr: words on one's own machine, JSON in production. Local variables never get into them."""

from typing import Any

import structlog
from structlog.typing import Processor


def logging_config(*, debug: bool) -> dict[str, Any]:
    """The ``LOGGING`` setting; also configures structlog to go the same way."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    render: list[Processor] = (
        [
            structlog.processors.ExceptionRenderer(),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "logger", "event"]),
        ]
        if debug
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": "INFO"},
            "django.server": {"handlers": [], "propagate": True, "level": "INFO"},
            "axes": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }


def without_what_was_asked(event: Any, _hint: dict[str, Any]) -> Any:
    """A report of an error as it may leave the house: where it happened, never what somebody typed or searched for."""
    request = event.get("request") or {}
    for name in ("data", "query_string", "cookies", "env"):
        request.pop(name, None)
    if "url" in request:
        request["url"] = request["url"].partition("?")[0]
    return event
