module Nothing where
