"""The rules of a day: what each costs in an order, and by how much a move changes that."""
