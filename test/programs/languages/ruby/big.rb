everything = []
loop { everything << 'x' * (1 << 20) }
