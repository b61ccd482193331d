"""What people start: the command line, the explorer and the report."""
