import type { ReactElement } from 'react';
import './skip-link.css';

/** The first stop of the Tab key: past the rail and the head. The address is the route's, so that the link cannot be a fragment. */
export const SkipLink = (): ReactElement => (
  <a
    className="skip-link"
    href="#main"
    onClick={(event) => {
      event.preventDefault();
      const main = document.querySelector('main');
      if (!main) return;
      main.tabIndex = -1;
      main.focus();
    }}
  >
    Skip to content
  </a>
);
