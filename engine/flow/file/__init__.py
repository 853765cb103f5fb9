"""The flow file as text: plain values, each with its place, and what is wrong with its YAML."""
