"""Language models, and the one that needs none."""
