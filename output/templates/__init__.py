"""Pages of HTML with places for what they tell."""
