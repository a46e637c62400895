import type { JSX } from 'preact';
import type { SubmissionId } from '../../../src/contract/terms';
import { csvOf } from '../../core/csv';
import type { Timeline } from '../../core/timeline';
import { timelineRows } from '../../words/timeline';
import { Button } from '../parts/button';
import { download, standaloneSvg } from '../parts/download';
import { useWidth } from '../parts/use-width';
import { Chart } from './chart';

interface TimelineFigureProps {
  readonly timeline: Timeline;
  /** The moment the replay shows; null at its end. */
  readonly nowSeconds: number | null;
  readonly selected: SubmissionId | null;
  readonly onSelect: (submissionId: SubmissionId) => void;
  /** For the names of files. */
  readonly name: string;
}

/** The timeline as a picture, as a table, and as files to take along. */
export function TimelineFigure({ timeline, name, ...chart }: TimelineFigureProps): JSX.Element {
  const { element, width } = useWidth<HTMLDivElement>();
  const rows = timelineRows(timeline.points);
  const save = {
    chart: () => {
      const svg = element.current!.querySelector('svg')!;
      download(`joust-${name}.svg`, 'image/svg+xml', standaloneSvg(svg));
    },
    table: () => download(`joust-${name}.csv`, 'text/csv', csvOf(rows)),
  };
  return (
    <figure class="timeline">
      <figcaption class="legend">
        {timeline.lines.map(({ userId, name: player }, index) => (
          <span key={userId} class={`who-${index + 1}`}>
            <svg width="28" height="12" aria-hidden="true">
              <line class="line" x1="0" y1="6" x2="28" y2="6" />
            </svg>
            {player}
          </span>
        ))}
      </figcaption>
      <div ref={element} class="drawing">
        {width > 0 && <Chart timeline={timeline} width={width} {...chart} />}
      </div>
      {timeline.points.length === 0 ? (
        <p class="muted">Nobody submitted anything.</p>
      ) : (
        <details>
          <summary>The timeline as a table</summary>
          <Table rows={rows} />
          <div class="actions">
            <Button onClick={save.table}>Download the table (CSV)</Button>
            <Button onClick={save.chart}>Download the chart (SVG)</Button>
          </div>
        </details>
      )}
    </figure>
  );
}

function Table({ rows: [head = [], ...rows] }: { rows: readonly (readonly (string | number)[])[] }): JSX.Element {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="The timeline as a table">
      <table class="list">
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td key={column}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
