"""Tests of deskapp; the folders mirror the rooms."""
