"""The two states that are compared, read by the loader; a file that is the same in both is read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from chronicle.load import Loaded, load
from chronicle.load.store import Store
from chronicle.model import Chronology, Event
from chronicle.problems import Problem, Severity
from chronicle.review.revisions import REGISTERS, RevisionError, Tree, find_commits, open_commit, open_disk


@dataclass(frozen=True, slots=True)
class State:
    """A chronology in one state, as far as it can be read.

    `unread` are the paths of the entries that cannot be, `unread_names` the names of those in the registers, and `lent`
    the registers that cannot be read, or are not there, and so were taken from the other state.
    """

    tree: Tree
    chronology: Chronology
    unread: tuple[str, ...]
    unread_names: frozenset[str]
    lent: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there was no chronology yet."""
        return not self.tree.ids


Events = Mapping[str, Event | None]  # by path; None for one that cannot be read


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of the entries of a tree."""

    tree: Tree
    loaded: Loaded
    events: Events


class UnreadableError(Exception):
    """A state that cannot be reviewed because a file on which all others rest cannot be read; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("The chronology cannot be read; mend that first.")
        self.problems = problems


def read_states(asked: str, root: Path) -> tuple[State, State]:
    """The state before and the state after that `asked` names (see `find_commits`) of the project `root`.

    What cannot be read of the state before is left out and named. Raises RevisionError where git does not know what is
    asked for, and UnreadableError where a register of the state after cannot be read.
    """
    base, head = find_commits(asked, root)
    trees = [open_commit(commit, root) for commit in (base, head) if commit]
    on_disk = _read_disk(root, trees[0])
    after = _read_tree(trees[1], (on_disk,)) if head else on_disk
    if faulty := _faulty_registers(after.loaded):
        raise UnreadableError(tuple(problem for problem in after.loaded.problems if problem.path in faulty))
    before, lent = _read_lending(trees[0], after, on_disk)
    return _state(before, lent), _state(after)


def _read_disk(root: Path, like: Tree) -> _Read:
    loaded = load(root, Store(root))
    events = {event.path: event for event in loaded.chronology.events} if loaded.chronology else {}
    return _Read(open_disk(root, loaded.digests, like), loaded, events)


def _read_lending(tree: Tree, lender: _Read, on_disk: _Read) -> tuple[_Read, tuple[str, ...]]:
    """What can be read of a tree; registers that cannot are taken from another."""
    known = (lender, on_disk)
    read = _read_tree(tree, known)
    faulty = _faulty_registers(read.loaded)
    return (_read_tree(tree, known, dict(lender.tree.read(faulty))) if faulty else read), faulty


def _read_tree(tree: Tree, known: Sequence[_Read], lent: Mapping[str, bytes] | None = None) -> _Read:
    """The entries of a tree; those that are known from another are taken from there, the others are laid out and loaded."""
    same = {path: event for path, blob in tree.ids.items() if (event := _find_known(path, blob, known))}
    with TemporaryDirectory(prefix="chronicle-") as name:
        folder = Path(name)
        for path, content in (*tree.read(path for path in tree.ids if path not in same), *(lent or {}).items()):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        loaded = load(folder)
    new = {event.path: event for event in loaded.chronology.events} if loaded.chronology else {}
    return _Read(tree, loaded, {path: same.get(path) or new.get(path) for path in tree.ids if path not in REGISTERS})


def _find_known(path: str, blob: str, known: Sequence[_Read]) -> Event | None:
    found = (read.events.get(path) for read in known if blob and read.tree.ids.get(path) == blob)
    return next((event for event in found if event), None)


def _faulty_registers(loaded: Loaded) -> tuple[str, ...]:
    """The registers of which nothing could be read."""
    chronology = loaded.chronology
    setting, actors, places = REGISTERS
    if chronology is None:
        return (setting, *_with_errors(loaded, (actors, places)))
    empty = [path for path, names in ((actors, chronology.actors), (places, chronology.places)) if not names]
    return tuple(_with_errors(loaded, empty))


def _with_errors(loaded: Loaded, paths: Sequence[str]) -> Iterator[str]:
    faulty = {problem.path for problem in loaded.problems if problem.severity is Severity.ERROR}
    return (path for path in paths if path in faulty)


def _state(read: _Read, lent: tuple[str, ...] = ()) -> State:
    chronology = read.loaded.chronology
    if chronology is None:
        raise RevisionError("The chronology cannot be read in either of the two states.")
    events = sorted((event for event in read.events.values() if event), key=lambda event: event.order)
    whole = Chronology.model_construct(**{**dict(chronology), "events": tuple(events)})
    unread = tuple(sorted(path for path in read.tree.ids if path not in REGISTERS and not read.events.get(path)))
    return State(read.tree, whole, unread, read.loaded.unread, lent)
