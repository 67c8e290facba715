/* Twenty lines of what files are made of, as a cell. */

export const pythonPiece = `
# %% What a ticket costs
@dataclass(frozen=True)
class Fare(Base):
    """It's "given" in cents: {not} a field, # not a comment."""

    zones: dict[str, int] = field(default_factory=lambda: {"a": 1, 'b': 2})

    def price(self, *, adults: int = 1, children: int = 0) -> int:
        # children go for half of it
        if adults < 0 or children < 0:
            raise ValueError(f"cannot price {adults!r:>{width}} and {children}")
        return sum(
            self.zones[zone] * (2 * adults + children)
            for zone in sorted(self.zones)
            if zone not in ("c", "d")
        ) // 2

print(Fare().price(adults=2))


`.slice(1);

export const javascriptPiece = `
// %% What a ticket costs
/** It's "given" in cents: \${not} a field. */
class Fare extends Base {
  zones = new Map([['a', 1], ["b", 2]]);

  price({ adults = 1, children = 0 } = {}) {
    // children go for half of it
    if (adults < 0 || children < 0) {
      throw new RangeError(\`cannot price \${adults} and \${children / 1}\`);
    }
    return [...this.zones]
      .filter(([zone]) => !/[cd]{1,2}/.test(zone))
      .map(([, price]) => price * (2 * adults + children))
      .reduce((sum, price) => sum + price, 0);
  }
}

console.log(new Fare().price({ adults: 2 }));


`.slice(1);
