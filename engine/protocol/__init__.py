"""Telephony platforms: one folder each, without any input or output of its own."""
