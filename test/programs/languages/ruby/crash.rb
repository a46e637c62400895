raise 'crash'
