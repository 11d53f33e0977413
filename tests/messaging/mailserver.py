"""A mailbox over IMAP on loopback: as much of the protocol as reading unread letters takes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

PASSWORD = "p@ss/word"


class MailServer(ThreadingTCPServer):
    """``letters`` lie in one folder; ``seen`` are the numbers of those that were marked read."""

    daemon_threads = True

    def __init__(self, *letters: bytes, folder: str = "INBOX") -> None:
        super().__init__(("127.0.0.1", 0), _Reading)
        self.letters, self.folder = letters, folder
        self.seen: list[int] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator["MailServer"]:
        Thread(target=self.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self.shutdown()
            self.server_close()


class _Reading(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say(b"* OK ready")
        for line in iter(self.rfile.readline, b""):
            tag, command, *rest = line.decode().split(maxsplit=2)
            done = self._answer(command.upper(), rest[0].strip() if rest else "")
            self._say(f"{tag} {'OK' if done else 'NO'} {command}".encode())

    def _answer(self, command: str, said: str) -> bool:
        if command == "CAPABILITY":
            self._say(b"* CAPABILITY IMAP4rev1")
        elif command == "LOGIN":
            return said.endswith(f'"{PASSWORD}"')
        elif command == "SELECT":
            return said.strip('"') == self.server.folder
        elif command == "SEARCH":
            unseen = [n for n in range(1, len(self.server.letters) + 1) if n not in self.server.seen]
            self._say(f"* SEARCH {' '.join(map(str, unseen))}".encode())
        elif command == "FETCH":
            letter = self.server.letters[int(said.split()[0]) - 1]
            self._say(f"* {said.split()[0]} FETCH (BODY[] {{{len(letter)}}}".encode())
            self.wfile.write(letter)
            self._say(b")")
        elif command == "STORE":
            self.server.seen += [int(number) for number in re.findall(r"^\d+", said)]
        return True

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")
