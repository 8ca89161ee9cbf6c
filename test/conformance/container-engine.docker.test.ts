import { requireEngine } from '../support/engine.ts';
import { containerEngineConformance } from './container-engine.suite.ts';

containerEngineConformance('Docker', requireEngine);
