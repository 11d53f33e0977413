"""How fast a worker may speak to a messenger: a message a second in one chat, so many a second in all."""

from collections import OrderedDict
from threading import Lock
from time import monotonic, sleep

from messaging.gateways import GatewayRefusedError

# What is to wait longer goes back into the queue instead of holding a thread.
LONGEST = 3.0
REMEMBERED = 10_000


class Pace:
    """Turns of one process. What another process sends meanwhile the messenger itself holds back (429)."""

    def __init__(self, *, in_chat: float, in_all: float) -> None:
        self.in_chat, self.in_all = in_chat, in_all
        self._lock, self._free_at, self._chats = Lock(), 0.0, OrderedDict[str, float]()

    def wait_turn(self, chat: str) -> None:
        """Sleep until there is room. Raises GatewayRefusedError where that is too long."""
        with self._lock:
            now = monotonic()
            turn = max(now, self._free_at, self._chats.get(chat, 0.0))
            if turn - now > LONGEST:
                raise GatewayRefusedError("its pace is kept", busy=True, wait=turn - now)
            # Who waits for their own chat takes nobody else's turn.
            self._free_at = max(now, self._free_at) + self.in_all
            self._chats[chat] = turn + self.in_chat
            self._chats.move_to_end(chat)
            while len(self._chats) > REMEMBERED:
                self._chats.popitem(last=False)
        sleep(max(0.0, turn - now))

    def rest(self, seconds: float, chat: str = "") -> None:
        """The messenger asked for silence: in one chat, or everywhere."""
        with self._lock:
            until = monotonic() + seconds
            if chat:
                self._chats[chat] = max(until, self._chats.get(chat, 0.0))
            else:
                self._free_at = max(until, self._free_at)
