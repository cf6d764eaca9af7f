"""Places of treatment: the catalogue, who stands how to the region, what they can offer, and how far they are."""
