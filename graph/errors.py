"""The base of every error that is raised on purpose; leaves live beside what raises them."""

from __future__ import annotations

from typing import ClassVar, Literal

Language = Literal["zh", "en"]


class ZaoxueError(Exception):
    """A refusal with a stable `code`, told in Chinese and English, with its facts as data fields.

    `data` holds what a program needs to act on it (names, values, places); a message is for people.
    """

    code: ClassVar[str] = "INTERNAL"

    def __init__(self, zh: str, en: str, **data: object) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
        self.data = data

    def message(self, language: Language) -> str:
        """The sentence for a person, in `language`."""
        return self.zh if language == "zh" else self.en


class InvalidInput(ZaoxueError):
    """One value that a caller gave is wrong; `field` names where, the message says what would be right."""

    code = "INVALID_INPUT"

    def __init__(self, field: str, zh: str, en: str, **data: object) -> None:
        super().__init__(zh, en, field=field, **data)
        self.field = field


class NotFound(InvalidInput):
    """A named thing is not in the graph (or not where this caller may see it)."""

    code = "NOT_FOUND"


class NotAllowedNow(InvalidInput):
    """The thing exists, but its state does not allow this step; the message says which state would."""

    code = "NOT_ALLOWED_NOW"


class Forbidden(ZaoxueError):
    """The caller's roles do not allow this; `data` names the verb and the roles that would. Nothing was changed."""

    code = "FORBIDDEN"


class Faults(ZaoxueError):
    """Every fault of one input at once; nothing was changed."""

    code = "INVALID_INPUT"

    def __init__(self, faults: list[ZaoxueError]) -> None:
        super().__init__(
            "；".join(fault.zh for fault in faults),
            "; ".join(fault.en for fault in faults),
            count=len(faults),
        )
        self.faults = tuple(faults)
