"""Archive: the copy of a page in a web archive that is nearest to the day on which somebody of ours read it."""
