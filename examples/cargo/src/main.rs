/// The price of all items (price and count), in cents.
fn total(items: &[(u64, u64)]) -> u64 {
    items.iter().map(|(price, count)| price * count).sum()
}

fn main() {
    println!("{}", total(&[(250, 2), (99, 1)]));
}

#[cfg(test)]
mod tests {
    use super::total;

    #[test]
    fn an_empty_cart_costs_nothing() {
        assert_eq!(total(&[]), 0);
    }

    #[test]
    fn prices_are_added_up_by_their_count() {
        assert_eq!(total(&[(250, 2), (99, 1)]), 599);
    }
}
