"""What each role is answered by each shown document, written by hand from the roles' table; no code is asked.

Reading:
rows        its root field shows something, of rows that the role may see
empty       it is answered, and of what was asked for there is nothing that the role may see
FORBIDDEN   the role may not have that computed

Writing:
done        done, with no refusal
FORBIDDEN   the role may not do that, or not to what it sees; told in the root field's `userErrors`
beyond      a right of this kind ends at the asker himself: FORBIDDEN to who sees whom he named, else NOT_FOUND
"""

from __future__ import annotations

from tests.access.expected import Role

TEACHER, SCHOOL, ALLIANCE, COUNTY = "a1-p-006", "a1-s-1", "a1-alliance", "样例县"
"""Whom and what the tabs name: a teacher of that school, who has no need of his own before he raises one."""

# Why: a teacher sees his own needs, a trainer those of the people in his orders, a principal those of the school
# itself (the sample has none), an officer the county's; of recommendations the first two and the fourth see some.
# People: a teacher his colleagues, a principal his staff, a council who trains in its alliance's orders, a
# researcher everybody in it under pseudonyms, an expert only himself, who is no teacher. Topics are for all.
# Proposals are the officer's to ask for; figures the principal's, the officer's, the council's.
_READS = """
document                field               administrator teacher   needy     trainer   principal expert    officer council   researcher nobody
README:needs            needs               rows          empty     rows      rows      empty     empty     rows    empty     empty      empty
README-line:search      search              rows          rows      rows      rows      rows      rows      rows    rows      rows       rows
README-line:viewer      viewer              rows          rows      rows      rows      rows      rows      rows    rows      rows       rows
Needs                   needs               rows          empty     rows      rows      empty     empty     rows    empty     empty      empty
RecommendOrders         recommendOrders     rows          FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN rows    FORBIDDEN FORBIDDEN  FORBIDDEN
Indicators              indicators          rows          FORBIDDEN FORBIDDEN FORBIDDEN rows      FORBIDDEN rows    rows      FORBIDDEN  FORBIDDEN
Teacher                 teachers            rows          rows      rows      rows      rows      empty     rows    rows      rows       empty
RecommendResources      recommendResources  rows          rows      FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN rows    FORBIDDEN FORBIDDEN  FORBIDDEN
"""

# Rows in the order of the job, columns in the order in which they ask: who is refused all of it first. The "served"
# teacher is the one whose need the order is for; the trainer is its trainer; the administrator has one of his own.
_WRITES = """
document             field                nobody    expert    council   researcher principal needy     teacher   trainer   served    officer   administrator
RaiseRequest         raiseRequest         FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN beyond    done      beyond    -         FORBIDDEN done
RaiseRequest         formNeeds            FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN -         done      done
IssueRecommendations issueRecommendations FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN -         done      done
PlaceOrder           decideRecommendation FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN FORBIDDEN FORBIDDEN done      FORBIDDEN done      done
PlaceOrder           placeOrder           FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN done      done
DeliverSession       deliverSession       FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN FORBIDDEN FORBIDDEN done      FORBIDDEN done      done
DeliverSession       recordAttendance     FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN FORBIDDEN FORBIDDEN done      FORBIDDEN done      done
DeliverSession       giveFeedback         FORBIDDEN FORBIDDEN FORBIDDEN FORBIDDEN  FORBIDDEN beyond    beyond    beyond    done      FORBIDDEN done
"""

# Who may have it done, as a refusal tells it beside the administrator, who always may.
MAY: dict[str, frozenset[str]] = {
    "recommendOrders": frozenset({"RESEARCH_OFFICER"}),
    "indicators": frozenset({"PRINCIPAL", "RESEARCH_OFFICER", "COUNCIL"}),
    "recommendResources": frozenset({"TEACHER", "TRAINER", "PRINCIPAL", "RESEARCH_OFFICER"}),
    "raiseRequest": frozenset({"TEACHER"}),
    "formNeeds": frozenset({"RESEARCH_OFFICER"}),
    "issueRecommendations": frozenset({"RESEARCH_OFFICER"}),
    "decideRecommendation": frozenset({"TRAINER", "RESEARCH_OFFICER"}),
    "placeOrder": frozenset({"RESEARCH_OFFICER"}),
    "deliverSession": frozenset({"TRAINER", "RESEARCH_OFFICER"}),
    "recordAttendance": frozenset({"TRAINER", "RESEARCH_OFFICER"}),
    "giveFeedback": frozenset({"TEACHER"}),
}
CALLED: dict[str, tuple[str, str]] = {
    "ADMINISTRATOR": ("管理员", "an administrator"),
    "TEACHER": ("教师", "a teacher"),
    "TRAINER": ("培训者", "a trainer"),
    "PRINCIPAL": ("校长", "a principal"),
    "EXPERT": ("专家", "an expert"),
    "RESEARCH_OFFICER": ("教研员", "a research officer"),
    "COUNCIL": ("联席会议", "a council"),
    "RESEARCHER": ("研究者", "a researcher"),
}
"""The roles in a sentence, in Chinese and English."""


def bound(needy: str, trainer: str) -> dict[str, tuple[Role, ...]]:
    """The holders of the tables with their roles; the administrator holds none and has no token."""
    return {
        "teacher": (Role("TEACHER", person=TEACHER),),
        "needy": (Role("TEACHER", person=needy),),
        "trainer": (Role("TRAINER", person=trainer),),
        "principal": (Role("PRINCIPAL", school=SCHOOL),),
        "expert": (Role("EXPERT", person="a1-p-394"),),
        "officer": (Role("RESEARCH_OFFICER", county=COUNTY),),
        "council": (Role("COUNCIL", alliance=ALLIANCE),),
        "researcher": (Role("RESEARCHER", alliance=ALLIANCE),),
        "nobody": (),
    }


def _read(text: str) -> dict[str, dict[str, dict[str, str]]]:
    """The cell by document, holder and field; "-" is no cell."""
    (_, _, *holders), *rows = [line.split() for line in text.strip().splitlines()]
    found: dict[str, dict[str, dict[str, str]]] = {}
    for place, field, *cells in rows:
        document = place.replace("-", " ").replace(":", ": ")
        for holder, cell in zip(holders, cells, strict=True):
            if cell != "-":
                found.setdefault(document, {}).setdefault(holder, {})[field] = cell
    return found


READS = _read(_READS)
WRITES = _read(_WRITES)
