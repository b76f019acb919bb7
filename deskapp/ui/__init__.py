"""The windows. Qt is spelled only here and in app.py."""
