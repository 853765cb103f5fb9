"""Which files a flow is made of: a change of any of them changes the flow."""

from pathlib import Path

from engine.flow.files import files_of
from tests.support.small_flow import SMALL

DESK = "extends: base.yaml\ninclude: [know/asking.yaml]\nflow: desk\n"
ASKING = "tools: {answer: {knowledge: [faq.md]}}\nalways: {tools: [answer]}\n"


def made_of(folder: Path, **files: str) -> set[str]:
    (folder / "know").mkdir()
    for name, text in files.items():
        (folder / name.replace("__", "/")).with_suffix(".yaml").write_text(text)
    return {str(file.relative_to(folder)) for file in files_of(folder / "desk.yaml")}


def test_a_flow_is_made_of_what_it_extends_includes_and_knows(tmp_path: Path) -> None:
    """What it knows is beside the file that names it, whether it is there or not."""
    found = made_of(tmp_path, desk=DESK, base=SMALL, know__asking=ASKING)
    assert found == {"desk.yaml", "base.yaml", "know/asking.yaml", "know/faq.md"}


def test_a_broken_flow_is_made_of_as_much_as_can_be_told(tmp_path: Path) -> None:
    """It is mended in one of them."""
    assert made_of(tmp_path, desk=DESK, base="flow: [", know__asking=ASKING) >= {"desk.yaml", "base.yaml"}
    assert {file.name for file in files_of(tmp_path / "nowhere.yaml")} == {"nowhere.yaml"}
