"""Do the tests bite? Each comparison and each default of the rules is made wrong, one at a time.

`make mutants` lists every mutant and the test that catches it. What survives is either a gap in the
tests or no change at all; survivors.yaml says which of the latter there are, and why.
"""
