"""The page that tells clerks what is read, made from the tables of the grammar itself."""
