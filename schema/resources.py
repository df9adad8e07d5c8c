"""Resources of the three pools, to whom they were given, and how they were used."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import equals, incoming, outgoing
from graph.model import resources as model
from graph.model.terms import GradeBand, Pool, Subject, UseLevel
from schema.kit.connections import Connection
from schema.kit.fields import graph_type, label_of, many, one, several

if TYPE_CHECKING:
    from schema.alliance import School
    from schema.needs import Topic
    from schema.people import Person


@graph_type(model.Resource)
class Resource:
    """Hardware, software or people's hours that the alliance shares. 中文：资源"""

    name: str
    pool: Pool
    pool_label: str = label_of("pool")
    subject: Subject | None
    subject_label: str | None = label_of("subject")
    grade_bands: list[GradeBand]
    grade_band_labels: list[str] = label_of("grade_bands")
    available_from: date
    available_to: date | None
    size_bytes: float | None  # a file may be larger than GraphQL's Int, which ends at 2 GB
    format: str | None
    textbook_edition: str | None
    volume: str | None
    unit: str | None
    lesson: str | None
    count: int | None
    condition: str | None
    hours: float | None
    context_tags: list[str]
    what_changed: str | None
    school: Optional[School] = one(outgoing("FROM", "School"))
    contributor: Optional[Person] = one(outgoing("BY", "Person"))
    keeper: Optional[Person] = one(outgoing("KEPT_BY", "Person"))
    topics: list[Topic] = several(outgoing("ABOUT", "Topic"))
    adapted_from: Optional[Resource] = one(outgoing("ADAPTED_FROM", "Resource"))
    adaptations: Connection[Resource] = many(
        incoming("ADAPTED_FROM", "Resource"), en="resources adapted from this one", zh="改编资源"
    )
    gifts: Connection[Gift] = many(incoming("OF", "Gift"), order=("-on", "id"))
    uses: Connection[Use] = many(incoming("OF", "Use"), order=("-on", "id"), args={"level": equals("level")})


@graph_type(model.Gift)
class Gift:
    """A resource given to a school on a day. 中文：资源赠予"""

    on: date
    resource: Optional[Resource] = one(outgoing("OF", "Resource"))
    school: School = one(outgoing("TO", "School"))


@graph_type(model.Use)
class Use:
    """One use of a resource by a person at a school. 中文：资源使用"""

    level: UseLevel
    level_label: str = label_of("level")
    on: date
    rating: int | None
    resource: Optional[Resource] = one(outgoing("OF", "Resource"))
    person: Optional[Person] = one(outgoing("BY", "Person"))
    school: School = one(outgoing("AT", "School"))
