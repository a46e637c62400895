numbers :: [Int]
numbers = [1 ..]

main :: IO ()
main = print (length numbers + sum numbers)
