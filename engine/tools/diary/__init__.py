"""What the built-in calendar and the built-in restaurant write down, and the hours that both go by."""
