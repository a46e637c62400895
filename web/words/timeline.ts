import type { TimelinePoint } from '../core/timeline';
import { durationText } from '../core/server-clock';
import { VERDICT_WORDS } from './verdicts';

/** What the chart shows, for those who do not see it, and for the file it can be kept in. */
export const chartText = (names: readonly string[]): string => `Problems solved over time by ${names.join(' and ')}`;

/** A submission of the timeline as it is read out. */
export const pointText = ({ seconds, name, problem, verdict, language }: TimelinePoint): string =>
  `${durationText(seconds)}, ${name}, problem ${problem}: ${VERDICT_WORDS[verdict].name}, ${language}`;

const TIMELINE_COLUMNS = ['Time', 'Player', 'Problem', 'Verdict', 'Language', 'Solved by then'] as const;

/** The timeline as a table; the first row names the columns. */
export const timelineRows = (points: readonly TimelinePoint[]): (string | number)[][] => [
  [...TIMELINE_COLUMNS],
  ...points.map(({ seconds, name, problem, verdict, language, solved }) => [
    durationText(seconds),
    ...[name, problem, VERDICT_WORDS[verdict].name, language, solved],
  ]),
];
