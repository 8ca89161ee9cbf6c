import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { WarningIcon } from '../ui/icons.tsx';

interface BrokenPlaceProps {
  /** Where the window is: whatever broke is tried anew when it goes elsewhere. */
  readonly at: string;
  readonly children: ReactNode;
}

interface BrokenPlaceState {
  readonly error: unknown;
  readonly at: string;
}

/**
 * Keeps a fault of one place to that place: the rail and the palette go on, and runs never depended on the window. A class, since
 * React has no hook for it (https://react.dev/reference/react/Component#catching-rendering-errors-with-an-error-boundary).
 */
export class BrokenPlace extends Component<BrokenPlaceProps, BrokenPlaceState> {
  override state: BrokenPlaceState = { error: undefined, at: this.props.at };

  static getDerivedStateFromError(error: unknown): Pick<BrokenPlaceState, 'error'> {
    return { error };
  }

  static getDerivedStateFromProps({ at }: BrokenPlaceProps, state: BrokenPlaceState): BrokenPlaceState | null {
    return at === state.at ? null : { error: undefined, at };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main role="alert">
        <Empty
          title="This part of the window broke"
          icon={<WarningIcon />}
          actions={<Button look="primary" onClick={() => location.reload()}>Reload the window</Button>}
        >
          {error instanceof Error ? error.message : 'It does not say why.'} Runs go on, and what you typed is kept.
        </Empty>
      </main>
    );
  }
}
