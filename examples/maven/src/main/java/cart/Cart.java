package cart;

import java.util.List;

/** Adds up what a customer has chosen. */
public final class Cart {
  /** A product and how many of it. */
  public record Item(int price, int count) {}

  private Cart() {}

  /** The price of all items, in cents. */
  public static int total(List<Item> items) {
    return items.stream().mapToInt(item -> item.price() * item.count()).sum();
  }
}
