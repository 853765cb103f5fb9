"""Calls as YAML: files beside a flow that say how calls with it go, step by step."""
