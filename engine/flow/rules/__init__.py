"""What must hold of a flow before it can be trusted: each rule on its own, without running anything."""
