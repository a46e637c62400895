def deep(n)
  n == 0 ? 0 : deep(n - 1) + 1
end

puts deep(100_000)
