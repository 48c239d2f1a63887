package cart

import "testing"

func TestTotal(t *testing.T) {
	cases := map[string]struct {
		items []Item
		want  int
	}{
		"empty":   {nil, 0},
		"several": {[]Item{{250, 2}, {99, 1}}, 599},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := Total(c.items); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
