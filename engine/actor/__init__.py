"""The shell around the core: one task for each call, which performs what the core asks for."""
