"""Groups that run the cooperation: who sits in them, how often they meet, what they are for."""
