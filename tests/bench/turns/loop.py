"""The event loop of every process of the bench: the one that the product runs on."""

from engine.cli.serve import runner

run = runner()
"""Runs a coroutine."""
