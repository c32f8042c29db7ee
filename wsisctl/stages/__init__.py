"""The stages of a contest, each from input files to an outcome; the same for every way to start them."""
