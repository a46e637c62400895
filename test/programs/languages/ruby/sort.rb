numbers = STDIN.read.split.drop(1).map(&:to_i).sort
puts numbers.each_with_index.sum { |number, i| (i + 1) * number } % 1000003
