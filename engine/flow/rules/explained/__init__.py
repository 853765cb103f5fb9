"""The long form of each rule: what it asks for, why a caller is better off, and an example."""
