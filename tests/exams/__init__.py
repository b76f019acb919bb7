"""Long exams, run by `dev.py exam`, never by `dev.py test`."""
