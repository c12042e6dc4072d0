"""Writing on a box: the page on which a creation is made and changed, what is kept while one types, its versions."""
