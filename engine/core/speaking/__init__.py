"""From what a model writes to what is spoken: without markup, reasoning and written calls."""
