"""Who is calling: the principals, the tokens they show, and what a role may do."""
