"""What a recommender may see of a simulated county: plain data by id, nothing of the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model.terms import Instrument


class Format(StrEnum):
    """How an order is delivered."""

    ON_SITE = "ON_SITE"
    ONLINE = "ONLINE"


FORMATS = tuple(Format)
"""The columns of every array over formats."""


@dataclass(frozen=True, slots=True)
class SeenTopic:
    """A node of the topic tree; the parent of a domain is None. `name` is made of words that texts use too."""

    id: str
    name: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class SeenSchool:
    """A school: place in km east and north of the county's seat, working devices per pupil (0 to 1)."""

    id: str
    east_km: float
    north_km: float
    devices: float


@dataclass(frozen=True, slots=True)
class SeenTrainer:
    """A trainer: `topics` are leaves that he declares, `capacity` is orders a term.

    He is there from `first_term` to `last_term`, both included; None says that no leaving is known.
    """

    id: str
    is_local: bool
    school: str
    topics: tuple[str, ...]
    text: str
    capacity: int
    first_term: int
    last_term: int | None

    def is_there(self, term: int) -> bool:
        """Whether he can be asked in `term`."""
        return self.first_term <= term and (self.last_term is None or term <= self.last_term)


@dataclass(frozen=True, slots=True)
class SeenNeed:
    """A need as diagnosed: a leaf, severity 1 to 3, digital skill 1 to 5, and the tags of its class."""

    id: str
    teacher: str
    school: str
    topic: str
    severity: int
    digital: int
    text: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeenResource:
    """A resource: the leaf it is filed under, and the tags of the class it was made for."""

    id: str
    topic: str
    text: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeenOrder:
    """A past order, in the order of time. `is_met` is None where nobody looked again, `rating` (1 to 5)
    where nobody answered.
    """

    id: str
    need: SeenNeed
    trainer: str
    format: Format
    resource: str
    is_met: bool | None
    rating: int | None


@dataclass(frozen=True, slots=True)
class SeenSounding:
    """A teacher and a leaf that `asked` instruments were tried on; who is in need is for others to find out."""

    id: str
    teacher: str
    school: str
    topic: str
    asked: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class SeenReading:
    """What one instrument answered on a sounding: severities 0 (no difficulty) to 3 of one to three items.

    Items of one reading hang together. An instrument that was asked and has no reading was met by silence.
    """

    sounding: str
    instrument: Instrument
    severities: tuple[int, ...]

    def is_flagged(self) -> bool:
        """Whether any item says that there is a difficulty."""
        return max(self.severities) > 0


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """What the teacher of a sounding asked for himself, severity 1 to 3."""

    sounding: str
    severity: int


@dataclass(frozen=True, slots=True)
class Seen:
    """All that can be seen; rows of every array of the truth stand in the order of these tuples."""

    topics: tuple[SeenTopic, ...]
    schools: tuple[SeenSchool, ...]
    trainers: tuple[SeenTrainer, ...]
    needs: tuple[SeenNeed, ...]
    resources: tuple[SeenResource, ...]
    orders: tuple[SeenOrder, ...]
    soundings: tuple[SeenSounding, ...]
    readings: tuple[SeenReading, ...]
    requests: tuple[SeenRequest, ...]
