"""Bytes and servers: the only room that imports imapclient and smtplib."""
