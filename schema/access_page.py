"""The page of who sees and writes what, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.access.grants import Grant, Rule, View
from graph.access.rules import RULES
from graph.model.nouns import LABELS, NOUNS
from graph.model.terms import RoleKind
from resolvers.rights import RIGHTS

_LETTERS = {View.WHOLE: "W", View.NARROW: "N", View.PSEUDONYM: "P"}
_ROLES = tuple(each for each in RoleKind if each is not RoleKind.ADMINISTRATOR)
_HEAD = """\
# Who sees and writes what

Printed by `python -m schema.print` from `graph/access` and `resolvers/rights.py`; not edited by hand.

What a viewer may not see is as if it were not there: in lists, counts, paths, filters, orders and look-ups by
id. Where several roles see one row, each field is shown that one of them shows. An administrator sees and
writes everything. "Today" and "now" go by the office's day. A trainer sees, and may, what a teacher does, too:
the lists below name beside it what is his as a trainer. Who may do something in his own name only and names
nobody does it in his own.

Indicators count everything, also what the asker does not see. So all but an administrator are told them over a
whole semester or school year, and no counts of fewer than 5 cases.
"""
_VIEWS = """\
W whole, N narrow, P under a pseudonym, - nothing; "nobody" is signed in and holds no role.
"""


def access_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD, "## Rows\n", _VIEWS, _matrix(), *_rules(), "## Verbs\n", _verbs(), *_rights()]
    return "\n".join(parts)


def sees(rule: Rule | None, role: RoleKind | None) -> str:
    """How the table writes what a role sees of a label; None for whoever is signed in.

    That everybody sees the person of his own assignment does not count beside it.
    """
    found = () if rule is None else rule.of(frozenset() if role is None else _with_implied(role))
    views = {each.view for each in found if each.role is not None or each.trails is None}
    if rule is not None and rule.label in ("Person", "RoleAssignment") and role is not None:
        views |= {View.WHOLE} if _sees_himself(rule, role) else set()
    return "".join(letter for view, letter in _LETTERS.items() if view in views) or "-"


def _sees_himself(rule: Rule, role: RoleKind) -> bool:
    """Whether the role names a person, who then is seen whole; every role has an assignment."""
    named = (RoleKind.TEACHER, RoleKind.TRAINER, RoleKind.EXPERT)
    return rule.label == "RoleAssignment" or role in named


def _with_implied(role: RoleKind) -> frozenset[RoleKind]:
    return frozenset({role, RoleKind.TEACHER} if role is RoleKind.TRAINER else {role})


def _table(first: str, rows: Iterable[tuple[str, list[str]]]) -> str:
    header = [first, "nobody", *(each.en for each in _ROLES), RoleKind.ADMINISTRATOR.en]
    lines = [header, ["---"] * len(header), *([name, *cells] for name, cells in rows)]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines) + "\n"


def _matrix() -> str:
    return _table(
        "label",
        ((label, [*(sees(RULES.get(label), role) for role in (None, *_ROLES)), "W"]) for label in LABELS),
    )


def _rules() -> Iterator[str]:
    for label in LABELS:
        rule = RULES[label]
        about = next(each for each in NOUNS if each.label == label)
        yield f"### {label} {about.zh}\n"
        yield "\n".join(_told(each) for each in rule.grants) + "\n"
        for view, names in ((View.NARROW, rule.narrow), (View.PSEUDONYM, rule.pseudonymous)):
            if names:
                yield f"{view.en} {view.zh}: {', '.join(sorted(names))}\n"


def _told(grant: Grant) -> str:
    who = "everybody 所有人" if grant.role is None else f"{grant.role.en} {grant.role.zh}"
    return f"- {who}: {grant.en}; {grant.view.en}. 中文：{grant.zh}；{grant.view.zh}"


def _verbs() -> str:
    return _table("verb", ((verb, [*_may(verb), "yes"]) for verb in RIGHTS))


def _may(verb: str) -> Iterator[str]:
    for role in (None, *_ROLES):
        roles = frozenset[RoleKind]() if role is None else _with_implied(role)
        yield "yes" if any(each.role in roles for each in RIGHTS[verb]) else "-"


def _rights() -> Iterator[str]:
    lines = [
        f"- {verb}: {each.role.en} {each.role.zh}: {each.en}. 中文：{each.zh}"
        for verb, rights in RIGHTS.items()
        for each in rights
    ]
    yield "\n".join(lines) + "\n"
