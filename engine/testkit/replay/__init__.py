"""Stored calls, held once more through the core: what was decided in them, and why."""
