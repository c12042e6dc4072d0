"""The languages of the interface: catalogues, notes, numbers and names."""
