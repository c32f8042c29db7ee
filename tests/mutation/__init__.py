"""Do the tests bite? What decides in the rules and in the count's SQL is made wrong, one thing at a time.

`make mutants` lists every mutant and the test that catches it. What survives is either a gap in the
tests or no change at all; survivors.yaml says which of the latter there are, and why.
"""
