"""Which nodes bear a pseudonym: a random name, given once, under which a researcher reads of them."""

from __future__ import annotations

PSEUDONYM = "pseudonym"
"""The property; it is no field of a noun, so that no workbook holds it beside a name."""

PSEUDONYMOUS: tuple[str, ...] = ("Person", "Mentorship", "TrainingOrder", "Session")
"""The labels whose nodes bear one."""
