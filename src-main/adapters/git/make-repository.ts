import { cp, rename, rm } from 'node:fs/promises';
import { depotPlace, drydockIdentity, userPlace } from './git-place.ts';
