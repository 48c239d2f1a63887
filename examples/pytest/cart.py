def total(items):
    """The price of all items, in cents."""
    return sum(price * count for price, count in items)
