"""Packs from what others made: old Ideascube's packages and catalogues, sites, folders without any metadata."""
