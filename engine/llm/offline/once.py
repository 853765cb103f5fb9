"""What is worked out of a situation when it is first asked for, and kept.

`functools.cached_property` without its lock, which Python 3.11 takes each time and 3.12 has done away with: a
situation is of one turn, and read by nobody else.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functools import cached_property as once
else:

    class _Once:
        def __init__(self, work_out):
            self._work_out = work_out
            self._name = work_out.__name__
            self.__doc__ = work_out.__doc__

        def __get__(self, instance, owner=None):
            value = instance.__dict__[self._name] = self._work_out(instance)
            return value

    once = _Once


__all__ = ["once"]
