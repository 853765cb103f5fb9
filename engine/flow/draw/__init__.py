"""Pictures of a flow: what is to be seen, and the two languages in which it is drawn."""
