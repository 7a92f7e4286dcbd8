"""Which events of different reports are one occurrence, and what they tell of it together."""
