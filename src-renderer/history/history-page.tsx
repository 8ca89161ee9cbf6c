import type { ReactElement } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';

export const HistoryPage = (): ReactElement => <Skeleton />;
