"""What our pages ask of a browser, taken apart and compared with docs/support.md; a lint, and no browser is started."""
