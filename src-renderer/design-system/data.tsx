import type { ReactElement } from 'react';
import { InternetSign } from '../ui/internet-sign.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import { Meter, Progress } from '../ui/meter.tsx';
import { Sign, type Shape, type Tone } from '../ui/sign.tsx';
import { Table } from '../ui/table.tsx';
import { Specimen } from './specimen.tsx';

const SIGNS: readonly (readonly [Tone, Shape, string])[] = [
  ['grey', 'clock', 'Queued'],
  ['accent', 'play', 'Working'],
  ['amber', 'eye', 'Ready'],
  ['green', 'check', 'Landed'],
  ['red', 'cross', 'Failed'],
  ['grey', 'stop', 'Cancelled'],
  ['grey', 'circle', 'Not checked'],
];
const ROWS = [
  { id: 'a', name: 'api', size: 1200 },
  { id: 'b', name: 'a name that is far too long for the column that it stands in, and is cut where the column ends, whatever the width of the window', size: 8 },
];

/** What shows things: tables, bars, signs. */
export const Data = (): ReactElement => (
  <>
    <Specimen title="Table">
      <Table
        label="Sizes"
        columns={[
          { id: 'name', title: 'Project', wide: true, cell: ({ name }) => <span className="ellipsis block">{name}</span> },
          { id: 'size', title: 'Size', align: 'end', cell: ({ size }) => size },
        ]}
        items={ROWS}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
      />
      <Table label="Empty table" columns={[{ id: 'name', title: 'Project', wide: true, cell: () => null }]} items={[]} keyOf={() => ''} nameOf={() => ''} empty="Nothing yet, and why." />
    </Specimen>
    <Specimen title="Bars">
      <div className="specimen-fields">
        <Meter label="Memory" value={30} max={100} text="30 of 100" />
        <Meter label="Memory, tight" value={95} max={100} text="95 of 100" />
        <Progress label="Clone" done={0.6} text="60 %" />
        <Progress label="Looking" done={null} />
      </div>
    </Specimen>
    <Specimen title="Signs: always a shape and a word beside the colour">
      <div className="row wrap specimen-signs">
        {SIGNS.map(([tone, shape, word]) => (
          <Sign key={word} tone={tone} shape={shape}>{word}</Sign>
        ))}
      </div>
    </Specimen>
    <Specimen title="What may leave the machine">
      <div className="row wrap specimen-signs">
        <InternetSign internet="off" />
        <InternetSign internet="allowlist" />
        <InternetSign internet="full" />
      </div>
    </Specimen>
    <Specimen title="Found words">
      <MarkedText text="Fix the parser: parsers that parse <b>markup</b> as text" words={['pars', 'b']} />
    </Specimen>
  </>
);
