"""What a team does, behind one Desk."""
