"""The flow language: what may stand in a file, and of which kind."""
