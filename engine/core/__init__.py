"""What a call is and how it moves: pure, no input or output, no clock."""
