"""One flow out of several files: what a flow extends and includes is put into it before it is checked."""
