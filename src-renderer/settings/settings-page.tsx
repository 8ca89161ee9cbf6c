import type { ReactElement } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';

export const SettingsPage = ({ section }: { readonly section: string | null }): ReactElement => <Skeleton label={section ?? 'Loading'} />;
