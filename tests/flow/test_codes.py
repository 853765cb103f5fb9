"""Every rule has a code, and every code can be explained."""

import re
from pathlib import Path

import pytest

import engine.flow
from engine.flow.proof.messages import WORDS
from engine.flow.rules.codes import RULES

SOURCES = [path.read_text(encoding="utf-8") for path in Path(engine.flow.__path__[0]).rglob("*.py")]
GIVEN = re.compile(r'coded\("([\w-]+)"|code="([\w-]+)"|code or "([\w-]+)"|YAML_RULE = "(\w+)"|mend, "(file)"')
USED = {
    code for source in SOURCES for found in GIVEN.findall(source) for code in found if code
} | WORDS.keys()


def test_every_code_that_is_printed_can_be_explained() -> None:
    """`--explain` knows what stands in brackets."""
    assert USED - RULES.keys() == set()


def test_every_rule_that_is_explained_is_one() -> None:
    """A rule that nothing checks promises too much."""
    assert RULES.keys() - USED == set()


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_what_why_and_how(code: str) -> None:
    """With an example of both."""
    rule = RULES[code]
    said = str(rule)
    assert said.startswith(f"{code} (a")
    assert said.index("Wrong:") < said.index("Right:")
    assert all(
        [
            rule.what.endswith((".", ":", ")", "`")),
            rule.why.endswith("."),
            rule.wrong.strip(),
            rule.right.strip(),
        ]
    )
    assert rule.wrong != rule.right
