import type { ComponentType } from 'preact';
import type { Action } from '../../../src/core/policy';
import type { User } from '../../core/session';
import { AnalyticsPage } from './analytics-page';
import { AuditPage } from './audit-page';
import { DeadLetterPage, DeadLettersPage } from './dead-letters-page';
import { OverviewPage } from './overview-page';
import { ProblemPage } from './problem-page';
import { ProblemsPage } from './problems-page';
import { RejudgePage } from './rejudge-page';
import { RejudgesPage } from './rejudges-page';
import { RoomPage, RoomsPage } from './rooms-page';
import { SubmissionPage } from './submission-page';
import { SubmissionsPage } from './submissions-page';
import { UserPage } from './user-page';
import { UsersPage } from './users-page';

type Page = ComponentType<{ id: string; user: User }>;

export interface Section {
  readonly path: string;
  readonly name: string;
  /** Who may not do this does not see it. */
  readonly action: Action;
  readonly page: Page;
  /** One of the things the page lists. */
  readonly one?: Page;
}

export const SECTIONS: readonly Section[] = [
  { path: '', name: 'Overview', action: 'submissions.read', page: OverviewPage },
  { path: 'users', name: 'Users', action: 'users.read', page: UsersPage, one: UserPage },
  { path: 'rooms', name: 'Rooms', action: 'rooms.read', page: RoomsPage, one: RoomPage },
  { path: 'submissions', name: 'Submissions', action: 'submissions.read', page: SubmissionsPage, one: SubmissionPage },
  { path: 'rejudges', name: 'Rejudges', action: 'submissions.rejudge', page: RejudgesPage, one: RejudgePage },
  {
    path: 'dead-letters',
    name: 'Dead letters',
    action: 'dead-letters.manage',
    page: DeadLettersPage,
    one: DeadLetterPage,
  },
  { path: 'problems', name: 'Problems', action: 'problems.read', page: ProblemsPage, one: ProblemPage },
  { path: 'analytics', name: 'Analytics', action: 'analytics.read', page: AnalyticsPage },
  { path: 'audit', name: 'Audit log', action: 'audit.read', page: AuditPage },
];
