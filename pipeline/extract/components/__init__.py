"""One module or package per thing that is found in a text."""
