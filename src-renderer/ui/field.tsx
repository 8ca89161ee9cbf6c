import { useId, useState, type ReactElement, type ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly children: (id: string, describedBy: string) => ReactNode;
}

/** A labelled field; its hint is read with it. */
export const Field = ({ label, hint, children }: FieldProps): ReactElement => {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children(id, `${id}-hint`)}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
};

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: ReactNode;
  /** What is wrong with it, said in place of its hint. */
  readonly mistake?: string | undefined;
  /** Nothing is typed in it yet: what it lacks is said, and not held against it. */
  readonly untouched?: boolean;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly lines?: boolean;
  readonly autoFocus?: boolean;
}

/** A text field of one line, or of several with `lines`. What is wrong with it is read with it; `data-mistake` is where to look for the first. */
export const TextField = ({ label, value, onChange, hint, mistake, untouched = false, placeholder, mono, lines, autoFocus }: TextProps): ReactElement => (
  <Field label={label} hint={mistake === undefined ? hint : <span className={untouched ? undefined : 'error'}>{mistake}</span>}>
    {(id, describedBy) => {
      const shared = {
        id,
        value,
        placeholder,
        autoFocus,
        'data-first': autoFocus || undefined,
        className: `input${mono ? ' mono' : ''}`,
        spellCheck: !mono,
        'aria-describedby': describedBy,
        'aria-invalid': mistake !== undefined && !untouched,
        'data-mistake': mistake !== undefined || undefined,
        onChange: (event: { target: { value: string } }) => onChange(event.target.value),
      };
      return lines ? <textarea {...shared} /> : <input type="text" autoComplete="off" {...shared} />;
    }}
  </Field>
);

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

interface LinesProps extends Omit<TextProps, 'value' | 'onChange' | 'lines'> {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
}

/** A list typed one entry a line. What is typed stays as it is; empty lines are no entries. */
export const LinesField = ({ value, onChange, ...rest }: LinesProps): ReactElement => {
  const [typed, setTyped] = useState(value.join('\n'));
  const shown = linesOf(typed).join('\n') === value.join('\n') ? typed : value.join('\n');
  return (
    <TextField
      {...rest}
      lines
      value={shown}
      onChange={(text) => {
        setTyped(text);
        onChange(linesOf(text));
      }}
    />
  );
};

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number | 'any';
  readonly hint?: ReactNode;
}

/** A number; what is no number in range is shown as wrong and not handed on. */
export const NumberField = ({ label, value, onChange, min, max, step = 1, hint }: NumberProps): ReactElement => {
  const [typed, setTyped] = useState<string | null>(null);
  const valid = (text: string): boolean => text.trim() !== '' && Number(text) >= min && Number(text) <= max;
  return (
    <Field label={label} hint={hint}>
      {(id, describedBy) => (
        <input
          id={id}
          type="number"
          className="input"
          min={min}
          max={max}
          step={step}
          value={typed ?? value}
          aria-invalid={typed !== null && !valid(typed)}
          aria-describedby={describedBy}
          onChange={(event) => {
            setTyped(event.target.value);
            if (valid(event.target.value)) onChange(Number(event.target.value));
          }}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
};
