"""Taking a mail apart. Imported by the parser's child only: what is in a mail can crash or stop nobody else."""
