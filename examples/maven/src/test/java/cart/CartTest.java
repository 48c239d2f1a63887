package cart;

import static org.junit.Assert.assertEquals;

import java.util.List;
import org.junit.Test;

public class CartTest {
  @Test
  public void anEmptyCartCostsNothing() {
    assertEquals(0, Cart.total(List.of()));
  }

  @Test
  public void pricesAreAddedUpByTheirCount() {
    assertEquals(599, Cart.total(List.of(new Cart.Item(250, 2), new Cart.Item(99, 1))));
  }
}
