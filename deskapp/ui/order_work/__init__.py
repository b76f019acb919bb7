"""What we do about orders: return cases, order forms, acts in the shop, and who has to look."""
