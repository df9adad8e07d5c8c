"""Who may do what: one table of verbs, roles and how far each role's right reaches. An administrator may all.

What somebody asks for a computation of is a verb, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.access import circles
from graph.access.sight import RoleSight
from graph.access.trails import Trails, any_of, reached
from graph.compiler.visibility import EVERYTHING, Visibility
from graph.errors import Forbidden, InvalidInput
from graph.model.terms import Instrument, RoleKind
from graph.nodes import Run
from resolvers.caller import Caller

type Targets = Mapping[str, Sequence[str]]
"""Ids of what a verb is done to, by label."""


@dataclass(frozen=True, slots=True)
class Right:
    """A role may do the verb to nodes of which one of the trails holds, by their label; told in words.

    `only` narrows it to one instrument; `signs`: only in his own name.
    """

    role: RoleKind
    zh: str
    en: str
    reach: Mapping[str, Trails]
    only: Instrument | None = None
    signs: bool = False


_OWN = "本人", "for himself"
_COUNTY = "本县", "in his county"
_COUNTY_PEOPLE: Mapping[str, Trails] = {
    "Person": circles.COUNTY_PEOPLE,
    "School": circles.named("viewer_county_schools"),
}
_COUNTY_NEEDS: Mapping[str, Trails] = {"Need": circles.COUNTY_NEEDS}
_COUNTY_ALLIANCES: Mapping[str, Trails] = {"Alliance": circles.alliances_with("viewer_county_schools")}
_FOR_HIMSELF = Right(RoleKind.TEACHER, *_OWN, {"Person": circles.TEACHER_SELF})
_OFFICER_PLANS = Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, {**_COUNTY_ALLIANCES, **_COUNTY_NEEDS})


def _sessions(orders: Trails) -> Mapping[str, Trails]:
    return {"Session": reached("-[:OF]->", "TrainingOrder", orders)}


_HOLDING = (
    Right(RoleKind.TRAINER, "本人的订单", "for his orders", _sessions(circles.LED_ORDERS)),
    Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, _sessions(circles.COUNTY_ORDERS)),
)


def _people_and_needs(people: Trails) -> Mapping[str, Trails]:
    return {"Person": people, "Need": reached("-[:OF]->", "Person", people)}


RIGHTS: Mapping[str, tuple[Right, ...]] = {
    "raiseRequest": (_FOR_HIMSELF,),
    "giveFeedback": (_FOR_HIMSELF,),
    "recordEvidence": (
        Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, _COUNTY_PEOPLE),
        Right(
            RoleKind.TRAINER,
            "以课堂观察、本人名义，对其订单所服务的教师",
            "by OBSERVATION and in his own name, of teachers whose needs his orders serve",
            {"Person": circles.ORDER_PEOPLE},
            only=Instrument.OBSERVATION,
            signs=True,
        ),
    ),
    "formNeeds": (Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, _COUNTY_ALLIANCES),),
    "issueRecommendations": (_OFFICER_PLANS,),
    "decideRecommendation": (
        Right(
            RoleKind.TRAINER,
            "以本人名义，对推荐其为培训者或助教的",
            "in his own name, on what names him as trainer or assistant",
            {"Recommendation": circles.OFFERED},
            signs=True,
        ),
        Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, _COUNTY_NEEDS),
    ),
    "placeOrder": (Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, _COUNTY_NEEDS),),
    "deliverSession": _HOLDING,
    "recordAttendance": _HOLDING,
    "recommendOrders": (_OFFICER_PLANS,),
    "recommendResources": (
        Right(RoleKind.TEACHER, *_OWN, _people_and_needs(circles.TEACHER_SELF)),
        Right(
            RoleKind.TRAINER,
            "其订单所服务的教师与所带徒弟",
            "for teachers whose needs his orders serve, and his mentees",
            _people_and_needs(circles.TAUGHT),
        ),
        Right(
            RoleKind.PRINCIPAL,
            "本校自身，不含教师个人",
            "for his school itself, not for one of its teachers",
            {
                "School": circles.named("viewer_led_schools"),
                "Need": reached("-[:AT]->", "School", circles.named("viewer_led_schools")),
            },
        ),
        Right(RoleKind.RESEARCH_OFFICER, *_COUNTY, {**_COUNTY_PEOPLE, **_COUNTY_NEEDS}),
    ),
    "indicators": (
        Right(RoleKind.COUNCIL, "本联盟", "of his alliance", {"Alliance": circles.named("viewer_councils")}),
        Right(
            RoleKind.RESEARCH_OFFICER, "含本县学校的联盟", "of an alliance of his county", _COUNTY_ALLIANCES
        ),
        Right(
            RoleKind.PRINCIPAL,
            "本校所在的联盟",
            "of an alliance of his school",
            {"Alliance": circles.alliances_with("viewer_led_schools")},
        ),
    ),
    "grantRole": (),
    "revokeRole": (),
    "importWorkbook": (),
    "restore": (),
}
"""By the verb's name in GraphQL or on the command line."""


def refuse_role(caller: Caller, verb: str, instrument: Instrument | None = None) -> None:
    """Returns when one of the caller's roles may do the verb at all. Raises Forbidden."""
    if caller.sight is not EVERYTHING and not _held(caller, verb, instrument):
        raise forbidden(verb)


async def refuse_beyond(
    run: Run,
    caller: Caller,
    verb: str,
    targets: Targets,
    *,
    named: Targets | None = None,
    by: str | None = None,
    instrument: Instrument | None = None,
) -> Right | None:
    """The right by which the caller may do the verb to all targets, in the name of `by`. Raises Forbidden.

    None for an administrator, where nothing is aimed at, and where the caller may not see what the input
    named (the targets, where `named` is None): the look-up of it then refuses it as what is not there.
    """
    refuse_role(caller, verb, instrument)
    sight = caller.sight
    if not any(targets.values()):
        return None
    if not isinstance(sight, RoleSight) or not await _are_seen(
        run, sight, targets if named is None else named
    ):
        return None
    for right in _held(caller, verb, instrument):
        is_his = not right.signs or by is None or by in caller.viewer.persons(right.role)
        if is_his and await _reaches(run, sight, right, targets):
            return right
    raise forbidden(verb)


def signature(caller: Caller, right: Right | None, by: str | None) -> str | None:
    """In whose name it is done by that right: `by`, or his own where he may only sign with it and names nobody.

    Raises InvalidInput where he is several people in that role and does not say which.
    """
    if by is not None or right is None or not right.signs:
        return by
    persons = caller.viewer.persons(right.role)
    if len(persons) > 1:
        zh, en = "您的角色指向多人，请填写以谁的名义", "your roles name several people: say as which of them"
        raise InvalidInput("by", zh, en)
    return persons[0]


async def allowed_among(run: Run, caller: Caller, verb: str, label: str, ids: Iterable[str]) -> set[str]:
    """Those of the nodes that the caller may do the verb to."""
    sight, wanted = caller.sight, sorted(set(ids))
    if not isinstance(sight, RoleSight):
        return set(wanted)
    trails = tuple(each for right in _held(caller, verb, None) for each in right.reach.get(label, ()))
    return await _among(run, label, wanted, any_of("n", trails), sight)


async def seen_among(run: Run, sight: Visibility, label: str, ids: Iterable[str]) -> set[str]:
    """Those of the nodes that the sight shows."""
    condition = sight.predicate(label, "n")
    wanted = sorted(set(ids))
    return set(wanted) if condition is None else await _among(run, label, wanted, condition, sight)


async def whole_among(run: Run, sight: Visibility, label: str, ids: Iterable[str]) -> set[str]:
    """Those of the nodes of which the sight shows every field."""
    condition = sight.whole(label, "n") if isinstance(sight, RoleSight) else None
    wanted = sorted(set(ids))
    return set(wanted) if condition is None else await _among(run, label, wanted, condition, sight)


def given(id: str | None) -> list[str]:
    """The id as targets: none where none is given."""
    return [] if id is None else [id]


def forbidden(verb: str) -> Forbidden:
    """The refusal: it names the verb and who may."""
    rights = RIGHTS[verb]
    zh = "、".join(["管理员", *(f"{each.role.zh}（{each.zh}）" for each in rights)])
    en = "; ".join(["an administrator", *(f"a {each.role.en} ({each.en})" for each in rights)])
    roles = [RoleKind.ADMINISTRATOR.name, *(each.role.name for each in rights)]
    return Forbidden(
        f"您的角色不能在此执行 {verb}；可以的有：{zh}",
        f"your roles do not allow {verb} here; these may: {en}",
        verb=verb,
        roles=roles,
    )


def _held(caller: Caller, verb: str, instrument: Instrument | None) -> list[Right]:
    sight = caller.sight
    roles = sight.roles if isinstance(sight, RoleSight) else frozenset()
    return [each for each in RIGHTS[verb] if each.role in roles and each.only in (None, instrument)]


async def _are_seen(run: Run, sight: RoleSight, targets: Targets) -> bool:
    for label, ids in targets.items():
        if ids and await seen_among(run, sight, label, ids) != set(ids):
            return False
    return True


async def _reaches(run: Run, sight: RoleSight, right: Right, targets: Targets) -> bool:
    """Whether the right covers everything aimed at of the labels that it speaks of, and there is some."""
    meant = {label: set(ids) for label, ids in targets.items() if ids and label in right.reach}
    for label, ids in meant.items():
        if await _among(run, label, sorted(ids), any_of("n", right.reach[label]), sight) != ids:
            return False
    return bool(meant)


async def _among(run: Run, label: str, ids: list[str], condition: str, sight: Visibility) -> set[str]:
    if not ids:
        return set()
    rows = await run(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE ({condition}) RETURN collect(n.id) AS ids",
        ids=ids,
        **sight.parameters,
    )
    return set(rows[0]["ids"])
