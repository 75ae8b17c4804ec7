"""What becomes an entry: answers, filled-in forms and tables of others, drafted, examined and put among the events."""
