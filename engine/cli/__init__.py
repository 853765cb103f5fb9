"""The command `turnstile`: one file for each of its verbs."""
