"""A checked flow file becomes the flow that the core moves through."""
