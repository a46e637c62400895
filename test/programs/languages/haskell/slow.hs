main :: IO ()
main = loop (0 :: Int)
  where loop n = if n < 0 then pure () else loop ((n + 1) `mod` 1000)
