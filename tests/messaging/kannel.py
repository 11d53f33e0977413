"""Debian's Kannel as the real thing: bearerbox, smsbox and fakesmsc on loopback, their files in a temporary folder."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import unquote_to_bytes
from urllib.request import urlopen

BEARERBOX, SMSBOX, FAKESMSC = "/usr/sbin/bearerbox", "/usr/sbin/smsbox", "/usr/lib/kannel/test/fakesmsc"
PASSWORD, STATUS = "gKj3-secret", "sta"
DENIED = "+7666"
GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (text|ucs-2|data|udh) (.*)>")
CONF = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = adm
status-password = {status}
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
log-file = "{folder}/bearerbox.log"
log-level = 1
store-type = spool
store-location = "{folder}/store"
dlr-storage = internal

group = smsbox-route
smsbox-id = box
smsc-id = FAKE

group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
port = {fake}
connect-allow-ip = 127.0.0.1
denied-prefix = "{denied}"

group = smsbox
smsbox-id = box
bearerbox-host = 127.0.0.1
bearerbox-port = {box}
sendsms-port = {http}
sendsms-interface = 127.0.0.1
log-file = "{folder}/smsbox.log"
log-level = 1
mo-recode = true
http-request-retry = 100
http-queue-delay = 1

group = sendsms-user
username = carat
password = {password}
user-allow-ip = 127.0.0.1
max-messages = 6
concatenation = true

group = sms-service
keyword = default
get-url = "{replies}?from=%p&text=%a&id=%I"
max-messages = 0
"""


def installed() -> bool:
    return all(shutil.which(program) for program in (BEARERBOX, SMSBOX, FAKESMSC))


class Kannel:
    """One Kannel with one fake operator. ``replies`` is the address that incoming messages are told to."""

    def __init__(self, folder: Path, *, replies: str) -> None:
        self.folder = folder
        (folder / "store").mkdir(parents=True)
        self.ports = dict(zip(("admin", "box", "fake", "http"), _free_ports(4), strict=True))
        self.conf = folder / "kannel.conf"
        facts = {"folder": folder, "status": STATUS, "denied": DENIED, "password": PASSWORD, "replies": replies}
        self.conf.write_text(CONF.format(**self.ports, **facts))
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.heard = folder / "phone.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports['http']}/cgi-bin/sendsms"

    def start(self) -> "Kannel":
        self._run("bearerbox", BEARERBOX, "-v", "4", str(self.conf))
        _until(lambda: _listens(self.ports["admin"]), "bearerbox")
        self._run("smsbox", SMSBOX, "-v", "4", str(self.conf))
        _until(lambda: "smsbox:box" in self.status(), "smsbox")
        self._run("fakesmsc", FAKESMSC, "-H", "127.0.0.1", "-r", str(self.ports["fake"]), "-i", "0.05", log=self.heard)
        _until(lambda: "(online" in self.status(), "fakesmsc")
        return self

    def stop(self) -> None:
        for name in ("fakesmsc", "smsbox", "bearerbox"):
            self.kill(name)

    def kill(self, name: str) -> None:
        """``kill -9`` one of the programs."""
        process = self.running.pop(name, None)
        if process:
            process.kill()
            process.wait()

    def answer(self, sender: str, text: str) -> None:
        """The phone writes to the chain's number."""
        phone = self.running["fakesmsc"].stdin
        assert phone
        phone.write(f"{sender} 1234 text {text}\n")
        phone.flush()

    def texts(self) -> list[tuple[str, str]]:
        """What reached phones: number and text, parts of a long one by themselves."""
        found = GOT.findall(self.heard.read_text(errors="replace"))
        return [(phone, _decoded(kind, rest)) for _sender, phone, kind, rest in found]

    def status(self) -> str:
        try:
            with urlopen(f"http://127.0.0.1:{self.ports['admin']}/status.txt?password={STATUS}", timeout=2) as page:
                return str(page.read().decode())
        except OSError:
            return ""

    def logs(self) -> str:
        return "".join((self.folder / f"{name}.log").read_text(errors="replace") for name in ("bearerbox", "smsbox"))

    def _run(self, name: str, *command: str, log: Path | None = None) -> None:
        out = (log or self.folder / f"{name}.out").open("a")
        self.running[name] = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT, text=True, cwd=self.folder
        )


def _decoded(kind: str, rest: str) -> str:
    if kind == "text":
        return rest
    data = rest.split(" ", 2)[-1] if kind == "udh" else rest
    return unquote_to_bytes(data.replace("+", " ")).decode("utf-16-be", errors="replace")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _number in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.5).close()
    except OSError:
        return False
    return True


def _until(holds: "object", what: str, seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if callable(holds) and holds():
            return
        time.sleep(0.03)
    raise TimeoutError(what)
