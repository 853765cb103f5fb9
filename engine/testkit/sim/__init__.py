"""Retell without Retell: a platform, callers and their troubles, in no time or against any server."""
