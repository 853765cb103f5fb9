"""What is no YAML is explained by its cause, where the author must look."""

import time

import pytest

from tests.support.small_flow import problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("flow: a\nstates:\n\ttalk: {}", "x.yaml:3:1: a tab stands here; use spaces [yaml]"),
        ("flow:\ta", "x.yaml:1:6: a tab stands here; use spaces [yaml]"),
        ("a: b\nc: [d, e\nf: g", "x.yaml:2:4: this `[` is not closed; add `]` where it ends, or the comma or the quote"),
        ("a: [b,\n", "x.yaml:2:1: the file ends within brackets; close each `[` and `{` where it ends [yaml]"),
        ("a: {b: c\nd: e", "x.yaml:1:4: this `{` is not closed; add `}` where it ends, or the comma or the quote that is missing before line 2 [yaml]"),
        ("a: {b: c d: e}", "x.yaml:1:11: a comma or `}` is missing; put a comma between entries"),
        ("a: [b]]\nc: d", "x.yaml:1:7: this `]` closes nothing; remove it, or put quotes around the text [yaml]"),
        ('a: "b\nc: d', "x.yaml:1:4: this quote is not closed; add `\"` where it ends [yaml]"),
        ('a: "b" c', "x.yaml:1:8: text follows where the value has ended; put quotes around all of the text [yaml]"),
        ("a: {day} it is", "x.yaml:1:10: text follows where the value has ended; put quotes around all of the text [yaml]"),
        ("a:\n  b: c\n d: e", "x.yaml:3:2: this line is indented unlike its neighbours; indent all of them alike"),
        ("a: b\n  c: d", "x.yaml:2:4: this key continues the line above; indent it like its neighbours, or give the line above"),
        ("a:\n  b: c\n  - d", "x.yaml:3:3: a `- ` stands among `key: value` lines; give the list a key of its own [yaml]"),
        ("a:\n  - b\n  c: d", "x.yaml:3:3: a key stands among lines that begin with `- `"),
        ("a: b\neffect:write\nc: d", "x.yaml:2:1: there is no space after the colon; write `effect: write` [yaml]"),
        ("a: b\nstates\n  c: d", "x.yaml:2:1: this line has no colon; write `key: value` [yaml]"),
        ("a: Well: hello", "x.yaml:1:8: a second `: ` stands in one value; put quotes around the text [yaml]"),
        ("flow: a\n---\nflow: b", "x.yaml:2:1: a second document begins here; write one flow per file [yaml]"),
        ("a: @home", "x.yaml:1:4: text can not begin with `@`; put quotes around it [yaml]"),
        ('a: "\\d"', "x.yaml:1:6: `\\d` means nothing in double quotes; use single quotes, or write the backslash twice"),
        ("%YAML 1.1\n---\na: no", "x.yaml:1:1: directives are not part of the flow language"),
        ("? [a]\n: b", "x.yaml:1:3: a key must be text; write `key: value` [yaml]"),
        ('a: "\\ud800"', "x.yaml:1:4: this text has a letter that nobody can say; remove the escape [yaml]"),
        (f"a: {'9' * 5000}", "x.yaml:1:4: this number is too long; put quotes around it [yaml]"),
        ("a: |x\n  b", "x.yaml:1:5: expected chomping or indentation indicators, but found 'x'; correct the YAML here"),
    ],
)  # fmt: skip
def test_a_mistake_is_explained_by_its_cause(text: str, problem: str) -> None:
    """YAML's own words name what its reader expected, not what the author did."""
    [found] = problems(text)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 10_000, "x.yaml:1:51: this is nested too deeply; write it flatter [yaml]"),
        ("a: b\n" * 100_000, "x.yaml:1:1: this file is too large for a flow; name a flow file [yaml]"),
    ],
    ids=["nested", "large"],
)
def test_what_would_take_long_to_read_is_refused_at_once(text: str, problem: str) -> None:
    """A wrong file must not look like a hanging command."""
    began = time.monotonic()
    assert problems(text) == [problem]
    assert time.monotonic() - began < 10
