"""The far side of the network: a gateway that remembers what came and fails as it is told."""

from threading import Lock

from messaging.gateways import Outgoing


class Phone:
    """A gateway of memory. ``failures`` are raised for the first messages, in order; None lets one through."""

    at_once = 32

    def __init__(self, *failures: Exception | None, name: str = "console") -> None:
        self.name = name
        self.failures = list(failures)
        self.came: list[Outgoing] = []
        self.lock = Lock()

    def __call__(self, name: str) -> "Phone":
        return self

    def send(self, message: Outgoing) -> str:
        with self.lock:
            failure = self.failures.pop(0) if self.failures else None
            if failure:
                raise failure
            self.came.append(message)
        return f"id-{message.message_id}"

    def balance(self) -> None:
        return None

    def poll(self, message_id: int, recipient: str) -> None:
        return None

    @property
    def texts(self) -> list[tuple[str, str]]:
        return [(message.recipient, message.text) for message in self.came]
