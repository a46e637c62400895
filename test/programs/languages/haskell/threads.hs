import Control.Concurrent
import Control.Monad

main :: IO ()
main = do
  sums <- replicateM 4 newEmptyMVar
  forM_ sums (\sum' -> forkIO (threadDelay 1000 >> (putMVar sum' $! sum [1 .. 1000 :: Int])))
  parts <- mapM takeMVar sums
  print (sum parts)
