import { useEffect, useRef, useState, type ReactElement } from 'react';
import { PROJECT_COLOURS } from '../../src-main/domain/project-colours.ts';
import { ProjectDot } from '../ui/project-dot.tsx';
import { contrast } from './contrast.ts';
import { Specimen } from './specimen.tsx';

const SIZES = [
  ['--size-title', 'Title, 16', 'Add retries to the HTTP client'],
  ['--size', 'Interface, 13', 'Add retries to the HTTP client'],
  ['--size-small', 'Small, 12', 'Add retries to the HTTP client'],
  ['--size-tiny', 'Tiny, 11', 'Add retries to the HTTP client'],
] as const;
const SPACES = ['--space-1', '--space-2', '--space-3', '--space-4', '--space-6', '--space-8'] as const;
const GROUNDS = ['--ground', '--panel', '--raised', '--hover'] as const;
const TEXTS = ['--text', '--muted', '--accent', '--amber', '--green', '--red', '--grey'] as const;
const THEMES = ['dark', 'light', 'contrast'] as const;

/** What text must hold against its ground: WCAG 2.2 AA, and AAA where contrast is what was asked for. */
const LEAST = { dark: 4.5, light: 4.5, contrast: 7 } as const;

const Ratios = ({ theme }: { readonly theme: (typeof THEMES)[number] }): ReactElement => {
  const box = useRef<HTMLTableElement>(null);
  const [tokens, setTokens] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (!box.current) return;
    const style = getComputedStyle(box.current);
    setTokens(Object.fromEntries([...GROUNDS, ...TEXTS].map((name) => [name, style.getPropertyValue(name)])));
  }, []);
  return (
    <table ref={box} className="ratios" data-theme={theme} aria-label={`Contrast, ${theme}`}>
      <thead>
        <tr>
          <th scope="col">{theme}</th>
          {GROUNDS.map((ground) => (
            <th key={ground} scope="col">{ground.slice(2)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {TEXTS.map((text) => (
          <tr key={text}>
            <th scope="row">{text.slice(2)}</th>
            {GROUNDS.map((ground) => {
              const ratio = contrast(tokens[text] ?? '', tokens[ground] ?? '');
              const holds = ratio === null || ratio >= LEAST[theme];
              return (
                <td key={ground} style={{ background: `var(${ground})`, color: `var(${text})` }} data-holds={holds}>
                  {ratio === null ? '–' : ratio.toFixed(1)}
                  {!holds && ' too low'}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const Foundations = (): ReactElement => (
  <>
    <Specimen title="Type">
      <div className="stack">
        {SIZES.map(([token, name, sample]) => (
          <div key={token} className="row">
            <span className="muted specimen-name">{name}</span>
            <span style={{ fontSize: `var(${token})` }}>{sample}</span>
          </div>
        ))}
        <div className="row">
          <span className="muted specimen-name">Code, 12</span>
          <code>npm ci &amp;&amp; npm test -- --grep "0O1lI"</code>
        </div>
      </div>
    </Specimen>
    <Specimen title="Spaces">
      <div className="row">
        {SPACES.map((space) => (
          <span key={space} className="space" style={{ width: `var(${space})` }} title={space} />
        ))}
      </div>
    </Specimen>
    <Specimen title="Project colours">
      <div className="row">
        {Array.from({ length: PROJECT_COLOURS }, (_, colour) => (
          <span key={colour} className="tag">
            <ProjectDot colour={colour} /> {colour}
          </span>
        ))}
      </div>
    </Specimen>
    <Specimen title="Colours, and their contrast on each ground">
      <div className="row wrap ratio-tables">
        {THEMES.map((theme) => (
          <Ratios key={theme} theme={theme} />
        ))}
      </div>
    </Specimen>
  </>
);
