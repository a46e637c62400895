/** How a room's link gets from one screen to another device. */
export const SCAN_WORDS = {
  show: 'Show a code to scan',
  title: 'Scan to join',
  picture: 'QR code of the link below',
  drawing: 'Drawing the code …',
  close: 'Close',
} as const;
