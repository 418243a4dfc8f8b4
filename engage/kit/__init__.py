"""The kit: what every slice needs and no slice owns. It knows no word of the trade."""
