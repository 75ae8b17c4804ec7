"""What was read last time, kept in the user’s own cache folder, so that unchanged entries need not be read again."""

import hashlib
import os
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs

Signature = tuple[int, int, int, int]  # what the file system says of a file: changed content changes one of them
_GRAIN_NS = 50_000_000  # a file changed this shortly before it was remembered is read again: clocks are that coarse


def signature_of(status: os.stat_result) -> Signature:
    """Modification time, change time, size and number of a file."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


class Store:
    """Values remembered for files under a project folder, forgotten when the program itself has changed.

    The file stands outside the project because it is a pickle: nothing that comes with a pull request may be unpickled.
    """

    def __init__(self, root: Path) -> None:
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
        self.file = Path(platformdirs.user_cache_dir("chronicle")) / f"{name}.pickle"

    def recall(self) -> Mapping[str, tuple[Signature, Any]]:
        """What was remembered, without what may have changed unseen; empty when there is nothing that can be used."""
        try:
            written = self.file.stat().st_mtime_ns - _GRAIN_NS
            version, values = pickle.loads(self.file.read_bytes())
        except Exception:  # whatever is wrong with the file, reading the entries again mends it
            return {}
        if version != _program():
            return {}
        return {path: (seen, value) for path, (seen, value) in values.items() if max(seen[0], seen[1]) < written}

    def remember(self, values: Mapping[str, tuple[Signature, Any]]) -> None:
        """Keeps `values` in place of what was there; a full or read-only disk is no reason to fail."""
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self.file.with_suffix(f".{os.getpid()}")
            beside.write_bytes(pickle.dumps((_program(), dict(values)), protocol=pickle.HIGHEST_PROTOCOL))
            beside.replace(self.file)
        except OSError:
            return


def _program() -> str:
    """A digest of the program that made the values: its own modules and the Python that runs them."""
    digest = hashlib.sha256(sys.version.encode())
    for module in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
