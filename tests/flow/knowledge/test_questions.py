"""YAML as knowledge: questions with their answers, and what an author is told of them."""

import pytest

from engine.core.tool_source import Passage
from engine.flow.knowledge.questions import QuestionReader


def test_a_question_can_be_asked_in_several_ways() -> None:
    """The first is what the answer is about; all of them find it."""
    reader = QuestionReader("faq.yaml")
    reader.read(
        "- question: [Where can I park?, Is there a lot?]\n  answer: >\n    Behind\n    the house.\n- {question: Who?, answer: We.}"
    )
    assert reader.problems == []
    assert reader.passages == [
        Passage("Where can I park?", "Behind the house.", asked=("Is there a lot?",)),
        Passage("Who?", "We."),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("question: x", "faq.yaml:1:1: this must be a list, not a mapping; write `- question: ...` and `answer: ...`"),
        ("- hello", "faq.yaml:1:3: this must be a question and its answer, not `hello`; write `- question: ...`"),
        ("- question: x", "faq.yaml:1:3: `answer` is missing; add `answer:` here"),
        ("- question: x\n  answr: y", "faq.yaml:2:3: there is no key `answr` here; did you mean `answer`?"),
        ("- question: x\n  answer: 95", "faq.yaml:2:11: this must be text, not `95`; put quotes around it"),
        ("- question: x\n  answer: yes it\n  is: y", "faq.yaml:3:3: there is no key `is` here"),
        ("- question: [x, true]\n  answer: y", "faq.yaml:1:17: this must be text, not true; put quotes around it"),
        ("- question: []\n  answer: y", "faq.yaml:1:13: no question stands here; write at least one"),
        ("- question: x\n  answer: '...'", "faq.yaml:2:11: this says nothing; write some text"),
        ("- question: x\n  answer:", "faq.yaml:2:10: this must be text, not nothing; put quotes around it"),
        ("- question: {a: b}\n  answer: y", "faq.yaml:1:13: this must be text, not a mapping; put quotes around it"),
        ("- question: [x", "faq.yaml:1:13: this `[` is not closed; add `]` where it ends"),
        ("- question: &a x\n  answer: *a", "faq.yaml:1:13: anchors and aliases are not part of the flow language"),
        (f"- question: x\n  answer: {'word ' * 300}", "faq.yaml:2:11: what stands under `x` has 1,499 characters; divide it"),
    ],
)  # fmt: skip
def test_another_shape_is_told_at_its_place(text: str, problem: str) -> None:
    """And how to mend it."""
    reader = QuestionReader("faq.yaml")
    reader.read(text)
    assert problem in "\n".join(map(str, reader.problems))


def test_one_wrong_entry_hides_no_other() -> None:
    """An author mends a file once."""
    reader = QuestionReader("faq.yaml")
    reader.read("- x\n- question: a\n- question: [1, 2]\n  answer: b")
    assert len(reader.problems) == 4
