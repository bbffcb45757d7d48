"""Pages in a browser: pictures to look at, and expectations that are no pixels."""
