import pytest

from cart import total


def test_an_empty_cart_costs_nothing():
    assert total([]) == 0


@pytest.mark.parametrize("items, expected", [([(250, 2)], 500), ([(250, 2), (99, 1)], 599)])
def test_prices_are_added_up_by_their_count(items, expected):
    assert total(items) == expected
