"""What a process has used so far, as Linux tells it in `/proc`."""

import os
from pathlib import Path

PAGE_KB = os.sysconf("SC_PAGE_SIZE") / 1024


def cpu_ms(pid: int) -> float:
    """Return the CPU time of all threads of a process, its own and the kernel's, in ms.

    The scheduler's own count, to the microsecond; /proc/PID/stat counts ticks of 10 ms.
    """
    found = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += int((task / "schedstat").read_text().split()[0])
    return found / 1e6


def memory_kb(pid: int) -> float:
    """Return the memory of a process that is resident, in kB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_KB
