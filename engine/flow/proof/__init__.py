"""The proof of a flow: every call that it allows, held with the engine's own `step` before the first one."""
