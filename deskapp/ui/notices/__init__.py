"""What is told on the desktop: notices, the badge, the tray."""
