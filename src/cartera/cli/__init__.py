"""The command line: parse words, call app, print a View."""
