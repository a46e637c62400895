/** The addresses of the browser app. The server answers each with the same page, which finds out where it is. */
export const PAGES = [
  '/',
  '/new',
  '/r/:code',
  '/m/:roomId',
  '/me',
  '/practice',
  '/practice/:slug',
  '/help',
  '/admin',
  '/admin/:section',
  '/admin/:section/:id',
] as const;
export type PagePattern = (typeof PAGES)[number];
