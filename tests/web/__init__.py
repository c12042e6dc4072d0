"""The app's own pages, as browsers with and without scripts see them."""
