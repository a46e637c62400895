throw new Error('crash');
