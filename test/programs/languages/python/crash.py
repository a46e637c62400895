raise ValueError("crash")
