"""What is to be said: in every language of a flow, and there perhaps in several variants, used in turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.core.template import Template


@dataclass(frozen=True, slots=True)
class Wording:
    """One thing to say."""

    by_language: Mapping[str, tuple[Template, ...]]
    """At least one variant for each language of the flow."""
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What `texts` has returned before, by language: it is always the same."""

    def variant(self, language: str, count: int = 0) -> Template:
        """Return the variant whose turn it is, when it has been said `count` times."""
        variants = self.by_language[language]
        return variants[count % len(variants)]

    def text(self, language: str, count: int = 0) -> str:
        """Return a line without slots as it is spoken."""
        texts = self.texts(language)
        return texts[count % len(texts)]

    def texts(self, language: str) -> tuple[str, ...]:
        """Return every variant of a line without slots."""
        if language not in self._texts:
            templates = self.by_language[language]
            self._texts[language] = tuple(template.render(lambda _: None)[0] for template in templates)
        return self._texts[language]

    @property
    def varies(self) -> bool:
        """Whether there is more than one variant in some language."""
        return any(len(variants) > 1 for variants in self.by_language.values())

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that it names in any language or variant, in the order of the first."""
        found = (slot for template in self.templates for slot in template.slots)
        return tuple(dict.fromkeys(found))

    @property
    def templates(self) -> Iterable[Template]:
        """Every line that it may be."""
        return (template for variants in self.by_language.values() for template in variants)
