"""What an article is: its fields, its Markdown, the lines shown of it in a list of results."""
