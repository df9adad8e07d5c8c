"""Circles of people, schools, orders and resources: what the rules are put together from."""

from __future__ import annotations

from graph.access.trails import Trail, Trails, current, reached, within

_SECONDED = within("@.seconded_from", "@.seconded_to")
_EMPLOYED = "<-[:OF]-(@1:Employment)-[:AT]->(@2:School)"
_GROUP = "-[:SECONDED_TO]->(:HelpGroup)<-[:BOUND_TO]-"


def named(ids: str) -> Trails:
    """The nodes whose ids are in that parameter."""
    return (Trail(f"@.id IN ${ids}"),)


def of_people(people: Trails) -> Trails:
    """What is of one of those people."""
    return reached("-[:OF]->", "Person", people)


def by_people(people: Trails) -> Trails:
    """What is by one of those people."""
    return reached("-[:BY]->", "Person", people)


def at_schools(schools: str) -> Trails:
    """What is at one of the schools."""
    return reached("-[:AT]->", "School", named(schools))


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


def works_in(alliances: str) -> Trail:
    """People employed today at a school that is a member of one of the alliances today."""
    path = "<-[:OF]-(@3:Employment)-[:AT]->(:School)<-[:OF]-(@2:Membership)-[:IN]->(@1:Alliance)"
    return Trail(f"@1.id IN ${alliances} AND {current('@2')} AND {current('@3')}", path)


def members_of(alliances: str) -> Trail:
    """Schools that are members of one of the alliances today."""
    path = "<-[:OF]-(@2:Membership)-[:IN]->(@1:Alliance)"
    return Trail(f"@1.id IN ${alliances} AND {current('@2')}", path)


def allied_with(schools: str) -> Trail:
    """Schools that are today in one alliance with one of these."""
    path = "<-[:OF]-(@3:Membership)-[:IN]->(:Alliance)<-[:IN]-(@1:Membership)-[:OF]->(@2:School)"
    return Trail(f"@2.id IN ${schools} AND {current('@1')} AND {current('@3')}", path)


OUTSIDERS: Trail = Trail("@.kind <> 'TEACHER'")
"""Experts and research officers: they serve every alliance."""

SELF: Trails = named("viewer_persons")
"""The people of all his assignments."""
TEACHER_SELF: Trails = named("viewer_teachers")
OWN = "本人的", "his own"
"""What is of `TEACHER_SELF`, in words."""
TRAINER_SELF: Trails = named("viewer_trainers")
MENTEES: Trails = named("viewer_mentees")
OF_MENTEES = "所带徒弟的", "of his mentees"
"""What is of `MENTEES`, in words."""
ORDER_PEOPLE: Trails = named("viewer_order_people")
COLLEAGUES: Trails = named("viewer_colleagues")
"""Who works at his school today. This list and those below are looked up with the viewer (`lookups.py`)."""
STAFF: Trails = named("viewer_staff")
"""Who works at the principal's school."""
COUNTY_PEOPLE: Trails = named("viewer_county_people")
"""Whom a research officer is responsible for: the county's staff, who is seconded to it, the outsiders."""
OF_COUNTY = (
    "本县人员、在本县支教者与校外人员的",
    "of the county's people, of who is seconded there, of outsiders",
)
"""What is of `COUNTY_PEOPLE`, in words."""
COUNTY_TRAINERS: Trails = named("viewer_county_trainers")
"""Who can train in the county because his school is allied with one of its schools."""
RESEARCHED: Trails = named("viewer_researched_people")
"""Who works at a school that is or once was a member of a researcher's alliance."""


def orders_of(alliances: str, people: str, schools: str) -> Trails:
    """Orders that serve one of the people or one of the schools, or a need that one of the alliances shares."""
    return (
        *reached("-[:FOR]->(:Need)-[:OF]->", "Person", named(people)),
        *reached("-[:FOR]->(:Need)-[:AT]->", "School", named(schools)),
        *reached("-[:FOLLOWS]->(:Recommendation)-[:FOR]->(:NeedGroup)-[:OF]->", "Alliance", named(alliances)),
    )


def orders_serving(people: Trails, schools: str) -> Trails:
    """Orders for needs of those people or of the schools themselves, and those held at the schools."""
    return (
        *reached("-[:FOR]->(:Need)-[:OF]->", "Person", people),
        *reached("-[:FOR]->(:Need)-[:AT]->", "School", named(schools)),
        *at_schools(schools),
    )


OWN_ORDERS: Trails = orders_of("viewer_own_alliances", "viewer_own_served", "viewer_own_members")
"""Orders that serve who works in one of his alliances today, its schools, or a need that it shares."""
COUNCIL_ORDERS: Trails = orders_of("viewer_councils", "viewer_council_served", "viewer_council_members")
RESEARCHED_ORDERS: Trails = orders_of(
    "viewer_researched", "viewer_researched_served", "viewer_researched_members"
)
LED_ORDERS: Trails = reached("-[:BY|ASSISTED_BY]->", "Person", TRAINER_SELF)
"""Orders that a trainer leads or assists."""
SCHOOL_ORDERS: Trails = orders_serving(STAFF, "viewer_led_schools")
COUNTY_ORDERS: Trails = orders_serving(COUNTY_PEOPLE, "viewer_county_schools")


def in_charge_of(orders: Trails) -> Trails:
    """People who lead or assist one of the orders."""
    return reached("<-[:BY|ASSISTED_BY]-", "TrainingOrder", orders)


def resources_from(schools: Trails, people: str) -> Trails:
    """Resources from one of the schools, or from one of the people."""
    return (*reached("-[:FROM]->", "School", schools), *by_people(named(people)))


def of_or_at(people: Trails, schools: str) -> Trails:
    """What is of one of those people, or of one of the schools itself."""
    return (*of_people(people), *at_schools(schools))


COUNTY_NEEDS: Trails = of_or_at(COUNTY_PEOPLE, "viewer_county_schools")
"""Needs and diagnoses of `COUNTY_PEOPLE`, and of the county's schools themselves."""
OF_COUNTY_AND_SCHOOLS = (
    "本县人员、在本县支教者、校外人员与本县学校自身的",
    "of the county's people, of who is seconded there, of outsiders, and of its schools themselves",
)
"""What `COUNTY_NEEDS` are, in words."""
TAUGHT: Trails = (*ORDER_PEOPLE, *MENTEES)
"""Whom a trainer teaches: those in his orders, and his mentees."""
OF_TAUGHT = "其订单所服务的教师与所带徒弟的", "of teachers whose needs his orders serve, of his mentees"
"""What is of `TAUGHT`, in words."""
OFFERED: Trails = reached("-[:BY|ASSISTED_BY]->", "Person", TRAINER_SELF)
"""Recommendations that name a trainer as trainer or assistant."""


def alliances_with(schools: str) -> Trails:
    """Alliances of which one of the schools is a member today."""
    path = "<-[:IN]-(@1:Membership)-[:OF]->(@2:School)"
    return (Trail(f"@2.id IN ${schools} AND {current('@1')}", path),)
