"""All rules of who sees what, one a label; a label without a rule is the administrator's alone."""

from __future__ import annotations

from collections.abc import Mapping

from graph.access.grants import Rule
from graph.access.institution import INSTITUTION, ROLES, VOCABULARY
from graph.access.needs import NEEDS
from graph.access.orders import ORDERS
from graph.access.people import PEOPLE
from graph.access.resources import RESOURCES

RULES: Mapping[str, Rule] = {
    rule.label: rule for rule in (*VOCABULARY, *INSTITUTION, ROLES, *PEOPLE, *NEEDS, *ORDERS, *RESOURCES)
}
