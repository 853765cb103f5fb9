"""Every rule that a flow may break, by its code: `turnstile check` prints the code, `--explain` the rest."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.flow.rules.explained import files, lines, tools, warnings, ways
from engine.flow.rules.explained.rule import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for section in (files, ways, lines, tools, warnings) for rule in section.RULES}
)
"""In the order in which they are explained."""
