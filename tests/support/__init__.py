"""What scripts need that run other programs: a simulator, installed tools, and the search for secrets."""
