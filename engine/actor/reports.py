"""What the platform is told of tool calls for its records: never an end without a beginning."""

from collections.abc import Iterator

from engine.core.effects import Effect, ReportCall, ReportResult


class Reports:
    """Keeps what could not be told while there was no connection, until its end can be."""

    def __init__(self) -> None:
        self._untold: dict[str, ReportCall] = {}

    def keep(self, effect: Effect) -> None:
        """Note what could not be sent."""
        if isinstance(effect, ReportCall):
            self._untold[effect.id] = effect
        elif isinstance(effect, ReportResult):
            self._untold.pop(effect.id, None)  # neither is told, then

    def due(self, effect: Effect) -> Iterator[Effect]:
        """Yield what is to be sent: before the end of a call, its beginning, if that is untold."""
        if isinstance(effect, ReportResult) and effect.id in self._untold:
            yield self._untold.pop(effect.id)
        yield effect
