"""The cache: Redis, and while Redis is away this process's own memory, so that limits still hold and pages still open."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
# After it did not answer, Redis is left alone for so many seconds: not every request shall wait for it.
REST = 5.0


class Outage:
    """Whether Redis is away, known to all threads of the process."""

    until = 0.0

    @classmethod
    def is_on(cls) -> bool:
        return monotonic() < cls.until

    @classmethod
    def begin(cls, error: Exception) -> None:
        cls.until = monotonic() + REST
        log.warning("cache.redis_away", error=str(error)[:200])


class SteadyCache(BaseCache):
    """What Redis keeps; what comes while it is away is kept by each process for itself and forgotten by and by."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.redis = RedisCache(server, params)
        self.memory = LocMemCache("steady", {**params, "OPTIONS": {}})

    def _ask(self, ask: Callable[[BaseCache], Any]) -> Any:
        if not Outage.is_on():
            try:
                return ask(self.redis)
            except RedisError as error:
                Outage.begin(error)
        return ask(self.memory)

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.add(key, value, timeout, version)))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda cache: cache.get(key, default, version))

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.touch(key, timeout, version)))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.delete(key, version)))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return int(self._ask(lambda cache: cache.incr(key, delta, version)))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(lambda cache: cache.has_key(key, version)))

    def clear(self) -> None:
        self._ask(lambda cache: cache.clear())
