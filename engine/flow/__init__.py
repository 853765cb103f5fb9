"""From YAML to a checked, compiled flow."""
