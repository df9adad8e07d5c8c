"""Nobody is taught or judged by himself: who trains and assists in an order, beside those it serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.errors import InvalidInput
from graph.model.needs import Need
from graph.model.orders import TrainingOrder, is_own_training
from graph.model.terms import OrderForm


def trained_by_himself(needs: Iterable[Need], trainer: str | None, field: str) -> Iterator[InvalidInput]:
    """A fault of `field` where the trainer is among the teachers in need; None is nobody."""
    if trainer is not None and trainer in _teachers(needs):
        yield InvalidInput(
            field,
            f"{trainer!r} 自己就在这些需求的教师之中，不能担任培训者，请另选",
            f"{trainer!r} is among the teachers in need himself; name another trainer",
            id=trainer,
        )


def assisted_by_himself(
    needs: Iterable[Need], form: OrderForm, assistant: str | None, field: str
) -> Iterator[InvalidInput]:
    """A fault of `field` where the assistant would be taught alone, or in a clinic; None is nobody.

    In a county class one of those in need may assist the others, as the rules propose it.
    """
    teachers = _teachers(needs)
    alone = form is not OrderForm.COUNTY_CLASS or len(teachers) == 1
    if assistant is not None and assistant in teachers and alone:
        yield InvalidInput(
            field,
            f"{assistant!r} 自己就是受训教师，不能同时担任助教，请另选",
            f"{assistant!r} is the one to be taught; name another assistant",
            id=assistant,
        )


def judged_by_himself(
    order: TrainingOrder, needs: Iterable[Need], person: str, field: str
) -> Iterator[InvalidInput]:
    """A fault of `field` where the person leads the order, or assists in it without a need of his own there."""
    if is_own_training(person, order.trainer, order.assistant, _teachers(needs)):
        yield InvalidInput(
            field,
            f"{person!r} 是该订单的培训者或助教，不能评价自己的培训",
            f"{person!r} trains or assists in that order; nobody rates his own training",
            id=person,
        )


def _teachers(needs: Iterable[Need]) -> set[str]:
    return {need.teacher for need in needs if need.teacher is not None}
