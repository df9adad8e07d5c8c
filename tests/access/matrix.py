"""Who sees how much of what, and who may do what: the table as people agreed on it, written by hand.

W whole, N narrow, P under a pseudonym, - nothing; WN: some rows whole, others narrow.
"""

from __future__ import annotations

_SEES = """
label           nobody  teacher  trainer  principal  expert  officer  council  researcher  administrator
Topic           W       W        W        W          W       W        W        W           W
Semester        W       W        W        W          W       W        W        W           W
RuleSet         W       W        W        W          W       W        W        W           W
Rule            W       W        W        W          W       W        W        W           W
School          -       W        W        W          W       W        W        -           W
Alliance        -       W        W        W          W       W        W        -           W
HelpGroup       -       W        W        W          W       W        W        -           W
Membership      -       W        W        W          W       W        W        -           W
RoleAssignment  -       W        W        W          W       W        W        W           W
Person          -       WN       WN       W          W       WN       N        P           W
Employment      -       W        W        W          -       W        -        -           W
Availability    -       W        W        W          -       W        -        -           W
ClassContext    -       W        W        W          -       W        -        -           W
Mentorship      -       W        W        -          -       W        -        P           W
Diagnosis       -       W        W        W          -       W        -        -           W
Evidence        -       W        W        -          -       W        -        -           W
Request         -       W        W        -          -       W        -        -           W
Need            -       W        W        W          -       W        -        -           W
NeedGroup       -       -        W        -          -       W        -        -           W
Recommendation  -       -        W        -          -       W        -        -           W
Contribution    -       -        WN       -          -       WN       -        -           W
Decision        -       -        W        -          -       W        -        -           W
TrainingOrder   -       W        W        W          -       W        W        P           W
Session         -       W        W        W          -       W        W        P           W
Attendance      -       W        W        -          -       W        -        -           W
Feedback        -       W        W        -          -       W        -        -           W
Capability      -       W        W        -          -       W        -        -           W
Resource        -       W        W        W          -       W        -        -           W
Gift            -       W        W        W          -       W        -        -           W
Use             -       W        W        W          -       -        -        -           W
"""
_DOES = """
verb                  nobody  teacher  trainer  principal  expert  officer  council  researcher  administrator
raiseRequest          -       yes      yes      -          -       -        -        -           yes
giveFeedback          -       yes      yes      -          -       -        -        -           yes
recordEvidence        -       -        yes      -          -       yes      -        -           yes
formNeeds             -       -        -        -          -       yes      -        -           yes
issueRecommendations  -       -        -        -          -       yes      -        -           yes
decideRecommendation  -       -        yes      -          -       yes      -        -           yes
placeOrder            -       -        -        -          -       yes      -        -           yes
deliverSession        -       -        yes      -          -       yes      -        -           yes
recordAttendance      -       -        yes      -          -       yes      -        -           yes
grantRole             -       -        -        -          -       -        -        -           yes
revokeRole            -       -        -        -          -       -        -        -           yes
recommendOrders       -       -        -        -          -       yes      -        -           yes
recommendResources    -       yes      yes      yes        -       yes      -        -           yes
indicators            -       -        -        yes        -       yes      yes      -           yes
"""


def _read(text: str) -> dict[tuple[str, str], str]:
    header, *rows = [line.split() for line in text.strip().splitlines()]
    return {(role, row[0]): cell for row in rows for role, cell in zip(header[1:], row[1:], strict=True)}


SEES = _read(_SEES)
"""The cell by (role, label)."""
DOES = {place: cell == "yes" for place, cell in _read(_DOES).items()}
"""Whether the role may do the verb somewhere, by (role, verb)."""
HOLDERS = tuple(dict.fromkeys(role for role, _ in SEES))
LABELS = tuple(dict.fromkeys(label for _, label in SEES))
VERBS = tuple(dict.fromkeys(verb for _, verb in DOES))
