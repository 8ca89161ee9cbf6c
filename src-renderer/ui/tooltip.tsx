import type { ReactElement, ReactNode } from 'react';
import { Focusable, Tooltip, TooltipTrigger } from 'react-aria-components';

/** Words that explain a control on hover and focus; its child must be one element that can have the focus. */
export const Hint = ({ text, children }: { readonly text: ReactNode; readonly children: ReactElement<Record<string, unknown>, string> }): ReactElement => (
  <TooltipTrigger delay={500} closeDelay={0}>
    <Focusable>{children}</Focusable>
    <Tooltip className="tooltip" offset={6}>
      {text}
    </Tooltip>
  </TooltipTrigger>
);
