import type { ReactElement } from 'react';
import { Skeleton } from '../ui/skeleton.tsx';

export const QueuePage = (): ReactElement => <Skeleton />;
