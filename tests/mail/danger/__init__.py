"""Dangerous HTML that we wrote ourselves, and a judge that is none of the cleaner's code."""
