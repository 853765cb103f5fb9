"""Markdown as knowledge: what callers hear of it, and what an author is told of it."""

import pytest

from engine.core.tool_source import Passage
from engine.flow.knowledge.markdown import MarkdownReader


def read(text: str) -> list[Passage]:
    """Read a file that is sound."""
    reader = MarkdownReader("faq.md")
    reader.read(text)
    assert reader.problems == []
    return reader.passages


def problems(text: str) -> list[str]:
    """Return what is wrong with a file, line by line."""
    reader = MarkdownReader("faq.md")
    reader.read(text)
    return [str(problem) for problem in reader.problems]


def test_a_heading_is_what_the_text_below_it_is_about() -> None:
    """And the headings around it come along."""
    text = "# Clinic\nWe are a clinic.\n## Directions\n### By bus\nTake the 14.\n### By car\nTurn left.\n## Prices\nNone.\n"
    assert read(text) == [
        Passage("Clinic", "We are a clinic."),
        Passage("By bus", "Take the 14.", within=("Clinic", "Directions")),
        Passage("By car", "Turn left.", within=("Clinic", "Directions")),
        Passage("Prices", "None.", within=("Clinic",)),
    ]


@pytest.mark.parametrize(
    "heading", ["## Prices ##", "##\tPrices", "  ## Prices", "Prices\n------", "Prices\n==="]
)
def test_a_heading_can_be_written_in_each_way_that_markdown_has(heading: str) -> None:
    """Authors have their habits."""
    [passage] = read(f"{heading}\n\nNone.")
    assert (passage.about, passage.text) == ("Prices", "None.")


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("One line\nand the next.", "One line and the next."),
        ("One.\n\nTwo", "One. Two."),
        ("We take:\n\n- Aetna\n- Cigna\n", "We take: Aetna, Cigna."),
        ("* Come in.\n* Sit\n  down.", "Come in. Sit down."),
        ("1. First\n2) Second", "First, Second."),
        ("> Quoted\n> words", "Quoted words."),
        ("**Bold**, *slanted*, __both__, _one_ and ~~gone~~.", "Bold, slanted, both, one and gone."),
        ("A snake_case_name stays, and 2 * 3 * 4.", "A snake_case_name stays, and 2 * 3 * 4."),
        ("See [our page](https://example.com/a_b) or ![a map](map.png).", "See our page or a map."),
        ("See [our page][1].\n\n[1]: https://example.com", "See our page."),
        ("Write to <desk@example.com>.", "Write to desk@example.com."),
        ("Press `1#`.", "Press 1#."),
        ("Tom &amp; Jo<br>come", "Tom & Jo come."),
        ("Here <!-- not\nthis --> it is.", "Here it is."),
        ("One.\n\n---\n\nTwo.", "One. Two."),
        (r"5\* stars", "5* stars."),
        ("Ends with a colon:", "Ends with a colon:"),
        ("Windows\r\nlines\r\n", "Windows lines."),
    ],
)
def test_marks_are_taken_off_and_lines_are_sentences(written: str, spoken: str) -> None:
    """A synthesiser would read an asterisk aloud."""
    [passage] = read(f"# Heading\n{written}")
    assert passage.text == spoken


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hello.\n# A\nText.", "faq.md:1:1: this text stands under no heading; begin with a heading"),
        ("# A\nText.\n\n## B\n", "faq.md:4:1: nothing stands below `B`; write the answer below it"),
        ("# A\n# B\nText.", "faq.md:1:1: nothing stands below `A`; write the answer below it"),
        ("##\nText.", "faq.md:1:1: this heading says nothing; write what the text below it is about"),
        (
            "# A\nText:\n  | a | b |\n| c | d |",
            "faq.md:3:3: a table can not be spoken; write a sentence for each row",
        ),
        ("# A\nText.\n```\nx = 1\n```", "faq.md:3:1: code can not be spoken; say it in sentences"),
        (
            f"# {'A' * 50}\n{'word ' * 300}",
            f"faq.md:1:1: what stands under `{'A' * 40}...` has 1,500 characters; divide it, so that each passage",
        ),
    ],
)
def test_what_can_not_be_an_answer_is_told_with_its_line(text: str, problem: str) -> None:
    """And how to mend it."""
    [found] = problems(text)
    assert problem in found


def test_everything_that_is_wrong_is_told_in_one_go() -> None:
    """An author mends a file once."""
    assert len(problems("Hello.\n# A\n| a |\n# B\nText.\n~~~\n~~~\n# C\n")) == 5
