"""Tools that are requests to a server: filled in, sent, and their answers judged."""
