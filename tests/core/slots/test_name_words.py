"""Names are written as people write them."""

import pytest

from engine.core.slots.name_words import NOT_NAMES, PARTICLES, pieces, written


@pytest.mark.parametrize(
    ("name", "raw", "written_as"),
    [
        (["maria", "lopez"], "it's maria lopez", "Maria Lopez"),
        (["deshawn"], "DeShawn here", "DeShawn"),
        (["jean", "luc"], "Jean-Luc", "Jean-Luc"),
        (["smith"], "S M I T H", "Smith"),
        (["maria", "smith"], "Maria S M I T H", "Maria Smith"),
        (["d'angelo"], "d'angelo", "D'Angelo"),
        (["maria", "de", "la", "cruz"], "MARIA DE LA CRUZ", "Maria de la Cruz"),
    ],
)
def test_a_name_has_its_capitals(name: list[str], raw: str, written_as: str) -> None:
    """Those the caller typed, or else the usual ones."""
    assert written(name, raw) == written_as


def test_pieces_are_words_of_letters() -> None:
    """Digits and marks are no part of a name, accents are."""
    assert [piece[0] for piece in pieces("Anne-Marie O'Neil 3rd, José!")] == [
        "Anne",
        "Marie",
        "O'Neil",
        "rd",
        "José",
    ]


def test_no_particle_is_a_stop_word() -> None:
    """ "De la" in the middle would end a name."""
    assert not PARTICLES & NOT_NAMES
