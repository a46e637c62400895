import Data.Array.Unboxed
import qualified Data.ByteString.Char8 as B
import Data.List (foldl', unfoldr)

main :: IO ()
main = do
  text <- B.getContents
  let numbers = tail (unfoldr (B.readInt . B.dropWhile (< '0')) text)
      counts = accumArray (+) 0 (0, 999999) [(number, 1) | number <- numbers] :: UArray Int Int
      sorted = concat [replicate count number | (number, count) <- assocs counts]
  print (foldl' (\sum' (i, number) -> (sum' + i * number) `mod` 1000003) 0 (zip [1 ..] sorted))
