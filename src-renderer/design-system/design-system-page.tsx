import type { ReactElement } from 'react';

export const DesignSystemPage = ({ section }: { readonly section: string | null }): ReactElement => <p>{section}</p>;
