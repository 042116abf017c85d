"""A seeded fault: a mistake somebody could make, as a substitution of text that stands exactly once."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Change:
    file: str
    old: str
    new: str


@dataclasses.dataclass(frozen=True)
class Mutant:
    name: str
    changes: tuple
    # Which of the engine's unit tests catch it, as gtest's filter; empty: the oracle test does.
    tests: str = ''


def one(name, file, old, new, tests=''):
    return Mutant(name, (Change('matching/' + file, old, new),), tests)
