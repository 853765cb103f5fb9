"""A text of a request is read part by part; what is no place is told apart from what is."""

import pytest

from engine.core.request_text import Place, RequestText, Variable, read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("plain", ("plain",)),
        ("{order}", (Place("order"),)),
        ("/a/{order}/b", ("/a/", Place("order"), "/b")),
        ("{ phone? }", (Place("phone", optional=True),)),
        ("${SHOP_URL}/x", (Variable("SHOP_URL"), "/x")),
        ("${A:-http://b:1}", (Variable("A", "http://b:1"),)),
        ("${A:-}", (Variable("A", ""),)),
        ("{{order}}", ("{", "order", "}")),
        ("$5", ("$5",)),
    ],
)
def test_a_text_is_its_parts(text: str, parts: tuple[object, ...]) -> None:
    """Braces that are meant as such are written twice."""
    assert read(text) == RequestText(parts)  # type: ignore[arg-type]  # a row of the table may be any part


@pytest.mark.parametrize("fault", ["{", "}", "{}", "{Order}", "${}", "${shop}", "{a b}", "${A:b}"])
def test_what_is_no_place_is_a_fault(fault: str) -> None:
    """It would be sent as it stands."""
    assert read(f"a{fault}b").faults == (fault,)
