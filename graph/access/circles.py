"""Circles of people, schools, orders and resources: what the rules are put together from."""

from __future__ import annotations

from graph.access.trails import Trail, Trails, current, reached, within

_SECONDED = within("@.seconded_from", "@.seconded_to")
_EMPLOYED = "<-[:OF]-(@1:Employment)-[:AT]->(@2:School)"
_GROUP = "-[:SECONDED_TO]->(:HelpGroup)<-[:BOUND_TO]-"


def named(ids: str) -> Trails:
    """The nodes whose ids are in that parameter."""
    return (Trail(f"@.id IN ${ids}"),)


def works_at(schools: str) -> Trail:
    """People employed today at one of the schools."""
    return Trail(f"@2.id IN ${schools} AND {current('@1')}", _EMPLOYED)


def seconded_to(alliances: str) -> Trail:
    """People seconded today to the help group of one of the alliances."""
    return Trail(f"@1.id IN ${alliances} AND {_SECONDED}", f"{_GROUP}(@1:Alliance)")


def seconded_beside(schools: str) -> Trail:
    """People seconded today to the help group of an alliance of which one of the schools is a member today."""
    path = f"{_GROUP}(:Alliance)<-[:IN]-(@1:Membership)-[:OF]->(@2:School)"
    return Trail(f"@2.id IN ${schools} AND {current('@1')} AND {_SECONDED}", path)


def works_beside(schools: str) -> Trail:
    """People employed today at a school that is today in one alliance with one of the schools."""
    path = (
        "<-[:OF]-(@1:Employment)-[:AT]->(:School)<-[:OF]-(@2:Membership)-[:IN]->(:Alliance)"
        "<-[:IN]-(@3:Membership)-[:OF]->(@4:School)"
    )
    days = " AND ".join(current(each) for each in ("@1", "@2", "@3"))
    return Trail(f"@4.id IN ${schools} AND {days}", path)


OUTSIDERS: Trail = Trail("@.kind <> 'TEACHER'")
"""Experts and research officers: they serve every alliance."""

SELF: Trails = named("viewer_persons")
"""The people of all his assignments."""
TEACHER_SELF: Trails = named("viewer_teachers")
TRAINER_SELF: Trails = named("viewer_trainers")
MENTEES: Trails = named("viewer_mentees")
ORDER_PEOPLE: Trails = named("viewer_order_people")
COLLEAGUES: Trails = (works_at("viewer_own_schools"),)
STAFF: Trails = (works_at("viewer_led_schools"),)
"""Who works at the principal's school."""
COUNTY_PEOPLE: Trails = (
    works_at("viewer_county_schools"),
    seconded_beside("viewer_county_schools"),
    OUTSIDERS,
)
"""Whom a research officer is responsible for: the county's staff, who is seconded to it, the outsiders."""
OF_COUNTY = (
    "本县人员、在本县支教者与校外人员的",
    "of the county's people, of who is seconded there, of outsiders",
)
"""What is of `COUNTY_PEOPLE`, in words."""
COUNTY_TRAINERS: Trails = (works_beside("viewer_county_schools"),)
"""Who can train in the county because his school is allied with one of its schools."""
RESEARCHED: Trails = (works_at("viewer_researcher_schools"),)


def orders_of(alliances: str) -> Trails:
    """Orders that serve people who work in one of the alliances today, its schools, or a need it shares."""
    ends = Trail(f"@1.id IN ${alliances} AND {current('@2')}", "<-[:OF]-(@2:Membership)-[:IN]->(@1:Alliance)")
    employed = Trail(
        f"{ends.where} AND {current('@3')}", f"<-[:OF]-(@3:Employment)-[:AT]->(:School){ends.path}"
    )
    shared = Trail(f"@.id IN ${alliances}")
    return (
        *reached("-[:FOR]->(:Need)-[:OF]->", "Person", (employed, seconded_to(alliances))),
        *reached("-[:FOR]->(:Need)-[:AT]->", "School", (ends,)),
        *reached("-[:FOLLOWS]->(:Recommendation)-[:FOR]->(:NeedGroup)-[:OF]->", "Alliance", (shared,)),
    )


def orders_serving(people: Trails, schools: str) -> Trails:
    """Orders for needs of those people or of the schools themselves, and those held at the schools."""
    return (
        *reached("-[:FOR]->(:Need)-[:OF]->", "Person", people),
        *reached("-[:FOR]->(:Need)-[:AT]->", "School", named(schools)),
        *reached("-[:AT]->", "School", named(schools)),
    )


OWN_ORDERS: Trails = orders_of("viewer_own_alliances")
COUNCIL_ORDERS: Trails = orders_of("viewer_councils")
RESEARCHED_ORDERS: Trails = orders_of("viewer_researched")
LED_ORDERS: Trails = reached("-[:BY|ASSISTED_BY]->", "Person", TRAINER_SELF)
"""Orders that a trainer leads or assists."""
SCHOOL_ORDERS: Trails = orders_serving(STAFF, "viewer_led_schools")
COUNTY_ORDERS: Trails = orders_serving(COUNTY_PEOPLE, "viewer_county_schools")


def in_charge_of(orders: Trails) -> Trails:
    """People who lead or assist one of the orders."""
    return reached("<-[:BY|ASSISTED_BY]-", "TrainingOrder", orders)


def shared_resources(schools: str) -> Trails:
    """Resources from the schools, from who works there today, and from outsiders."""
    return (
        *reached("-[:FROM]->", "School", named(schools)),
        *reached("-[:BY]->", "Person", (works_at(schools), OUTSIDERS)),
    )


def resources_beside(schools: str) -> Trails:
    """Resources from schools that are today in one alliance with one of these, and from who works there."""
    allied = Trail(
        f"@2.id IN ${schools} AND {current('@1')} AND {current('@3')}",
        "<-[:OF]-(@3:Membership)-[:IN]->(:Alliance)<-[:IN]-(@1:Membership)-[:OF]->(@2:School)",
    )
    people = (works_beside(schools), seconded_beside(schools))
    return (*reached("-[:FROM]->", "School", (allied,)), *reached("-[:BY]->", "Person", people))


def of_or_at(people: Trails, schools: str) -> Trails:
    """What is of one of those people, or of one of the schools itself."""
    return (*reached("-[:OF]->", "Person", people), *reached("-[:AT]->", "School", named(schools)))


COUNTY_NEEDS: Trails = of_or_at(COUNTY_PEOPLE, "viewer_county_schools")
"""Needs and diagnoses of `COUNTY_PEOPLE`, and of the county's schools themselves."""
OF_COUNTY_AND_SCHOOLS = (
    "本县人员、在本县支教者、校外人员与本县学校自身的",
    "of the county's people, of who is seconded there, of outsiders, and of its schools themselves",
)
"""What `COUNTY_NEEDS` are, in words."""
TAUGHT: Trails = (*ORDER_PEOPLE, *MENTEES)
"""Whom a trainer teaches: those in his orders, and his mentees."""
OFFERED: Trails = reached("-[:BY|ASSISTED_BY]->", "Person", TRAINER_SELF)
"""Recommendations that name a trainer as trainer or assistant."""


def alliances_with(schools: str) -> Trails:
    """Alliances of which one of the schools is a member today."""
    path = "<-[:IN]-(@1:Membership)-[:OF]->(@2:School)"
    return (Trail(f"@2.id IN ${schools} AND {current('@1')}", path),)
