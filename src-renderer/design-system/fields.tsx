import { useState, type ReactElement } from 'react';
import { AutomaticNumber } from '../ui/automatic-number.tsx';
import { LinesField, NumberField, TextField } from '../ui/field.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { Specimen } from './specimen.tsx';

/** Everything that is typed in. */
export const Fields = (): ReactElement => {
  const [text, setText] = useState('Add retries to the HTTP client');
  const [lines, setLines] = useState<string[]>(['src/**', 'test/**']);
  const [number, setNumber] = useState(30);
  const [own, setOwn] = useState<number | null>(4);
  const [search, setSearch] = useState('parser');
  return (
    <>
      <Specimen title="Text">
        <div className="specimen-fields">
          <TextField label="One line" value={text} onChange={setText} hint="A hint is read with its field" />
          <TextField label="Code" mono value="npm ci" onChange={() => undefined} />
          <TextField label="Empty" value="" placeholder="A placeholder is an example, never the label" onChange={() => undefined} />
          <TextField label="Several lines" lines value={text} onChange={setText} />
          <LinesField label="A list" mono value={lines} onChange={setLines} hint="One entry a line" />
        </div>
      </Specimen>
      <Specimen title="Numbers">
        <div className="row wrap specimen-top">
          <NumberField label="Typed" value={number} onChange={setNumber} min={1} max={120} />
          <Stepper label="Stepped" value={number} min={1} max={120} onChange={setNumber} />
          <Stepper label="Cannot be changed now" value={3} min={1} max={120} disabled onChange={() => undefined} />
          <AutomaticNumber label="Automatic or fixed" value={own} automatic={4} min={1} max={64} onChange={setOwn} />
        </div>
      </Specimen>
      <Specimen title="Search">
        <div className="specimen-fields">
          <SearchField label="Search" value={search} onChange={setSearch} />
          <SearchField label="Search, at work" busy value={search} onChange={setSearch} />
        </div>
      </Specimen>
    </>
  );
};
