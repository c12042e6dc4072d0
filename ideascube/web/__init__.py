"""The two web applications of a worker: the app's own pages, and the content of packs on an origin of its own."""
