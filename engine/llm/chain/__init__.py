"""Several models as one: the first that answers is heard, and a call outlives its provider."""
