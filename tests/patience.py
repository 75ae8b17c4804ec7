"""How long tests wait for what must come: a machine may be busy with other things, and who waits in vain has time."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

PATIENCE = 60  # seconds


def wait_until(condition: Callable[[], object]) -> None:
    """Returns as soon as something holds; fails if it does not come to hold."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def kill_when(condition: Callable[[], object], command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Runs a command, and kills it without a word as soon as something holds."""
    with subprocess.Popen(command, env=environment) as running:
        try:
            wait_until(condition)
        finally:
            running.kill()
