"""The server that a telephony platform dials."""
