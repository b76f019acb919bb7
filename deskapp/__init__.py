"""deskapp: a desktop helpdesk for small support teams."""

__version__ = "0.1.0"
