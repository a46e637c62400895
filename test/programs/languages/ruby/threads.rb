puts (1..4).map { Thread.new { (1..1000).sum } }.sum(&:value)
