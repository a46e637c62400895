import Control.Exception
import System.Process

main :: IO ()
main = do
  result <- try (callCommand "true") :: IO (Either SomeException ())
  putStrLn (either (const "SAFE") (const "PWNED") result)
