import type { ReactElement } from 'react';

/** A project's colour, beside its name. */
export const ProjectDot = ({ colour }: { readonly colour: number }): ReactElement => <span className="project-dot" data-colour={colour} aria-hidden="true" />;
