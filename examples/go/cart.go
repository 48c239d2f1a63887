// Package cart adds up what a customer has chosen.
package cart

// Item is a product and how many of it.
type Item struct {
	Price, Count int
}

// Total is the price of all items, in cents.
func Total(items []Item) int {
	sum := 0
	for _, item := range items {
		sum += item.Price * item.Count
	}
	return sum
}
