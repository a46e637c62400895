import sys
for _ in range(512): sys.stderr.write('x' * 65536)
print('SAFE')
