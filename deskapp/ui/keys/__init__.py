"""Every action that has a name: its words, its keys, how a person changes them."""
