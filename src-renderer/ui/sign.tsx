import type { ReactElement, ReactNode } from 'react';
import { CheckIcon, CircleIcon, ClockIcon, CrossIcon, DashIcon, EyeIcon, PlayIcon, StopIcon, UndoIcon } from './icons.tsx';

export type Tone = 'grey' | 'accent' | 'amber' | 'green' | 'red';
export type Shape = 'circle' | 'clock' | 'play' | 'eye' | 'check' | 'cross' | 'stop' | 'dash' | 'undo';

const ICON = { circle: CircleIcon, clock: ClockIcon, play: PlayIcon, eye: EyeIcon, check: CheckIcon, cross: CrossIcon, stop: StopIcon, dash: DashIcon, undo: UndoIcon };

/** A state: always a shape and a word beside the colour. */
export const Sign = ({ tone, shape, children }: { readonly tone: Tone; readonly shape: Shape; readonly children: ReactNode }): ReactElement => {
  const Icon = ICON[shape];
  return (
    <span className={`tag tone-${tone}`}>
      <Icon size={12} />
      {children}
    </span>
  );
};
