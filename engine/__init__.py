"""Turnstile: an explicit state-machine conversation engine for voice agents."""
