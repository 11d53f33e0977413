"""``python deploy/keep_running.py COMMAND…``: starts a process anew whenever it ends, until told to stop.

honcho ends everything when one process ends; under this a worker that died comes back, and the others do not notice.
It waits a second after a death, and twice as long after each that follows quickly, half a minute at most.
"""

import signal
import subprocess
import sys
import time
from types import FrameType

FIRST, LONGEST, STEADY = 1.0, 30.0, 60.0


class Keeper:
    """One command and the process that runs it now."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None
        self.is_stopping = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Told to end: the process is told in turn, and is not started again."""
        self.is_stopping = True
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def run(self) -> int:
        """Returns the code of the process when it was told to stop."""
        pause = FIRST
        while True:
            began = time.monotonic()
            self.process = subprocess.Popen(self.command)
            code = self.process.wait()
            if self.is_stopping:
                return max(code, 0)
            pause = FIRST if time.monotonic() - began > STEADY else min(pause * 2, LONGEST)
            sys.stderr.write(f"{self.command[0]} ended with {code}; it starts again in {pause:.0f} s\n")
            self._rest(pause)
            if self.is_stopping:
                return 0

    def _rest(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while not self.is_stopping and time.monotonic() < ends:
            time.sleep(0.1)


if __name__ == "__main__":
    keeper = Keeper(sys.argv[1:])
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, keeper.stop)
    sys.exit(keeper.run())
