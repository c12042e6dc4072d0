"""Items of packs as the app knows them: films, sounds, books and documents, by their paths, with their addresses."""
