import type { ComponentType } from 'preact';
import type { PagePattern } from '../../src/contract/pages';

type Params = Readonly<Record<string, string>>;
export type Screen = ComponentType<{ params: Params }>;

/** Each screen is loaded when somebody goes there. */
const SCREENS: Readonly<Record<PagePattern, () => Promise<Screen>>> = {
  '/': () => import('./home/home-screen').then(({ HomeScreen }) => HomeScreen),
  '/new': () => import('./home/new-screen').then(({ NewScreen }) => NewScreen),
  '/r/:code': () => import('./room/room-screen').then(({ RoomScreen }) => RoomScreen),
  '/m/:roomId': () => import('./result/result-screen').then(({ ResultScreen }) => ResultScreen),
  '/me': () => import('./me/me-screen').then(({ MeScreen }) => MeScreen),
  '/practice': () => import('./practice/practice-screen').then(({ PracticeScreen }) => PracticeScreen),
  '/practice/:slug': () => import('./practice/problem-screen').then(({ ProblemScreen }) => ProblemScreen),
  '/help': () => import('./help/help-screen').then(({ HelpScreen }) => HelpScreen),
  '/admin': () => loadAdmin(),
  '/admin/:section': () => loadAdmin(),
  '/admin/:section/:id': () => loadAdmin(),
};
const loadAdmin = () => import('./admin/admin-screen').then(({ AdminScreen }) => AdminScreen);

const loading = new Map<PagePattern, Promise<Screen>>();

/** The same screen again is the same promise, unless its loading failed. */
export function loadScreen(page: PagePattern): Promise<Screen> {
  const known = loading.get(page);
  if (known) return known;
  const fresh = SCREENS[page]();
  loading.set(page, fresh);
  fresh.catch(() => loading.delete(page));
  return fresh;
}
