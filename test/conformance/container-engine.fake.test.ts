import { FakeEngine } from '../support/fake-engine/fake-engine.ts';
import { fakePrograms } from './container-engine.programs.ts';
import { containerEngineConformance } from './container-engine.suite.ts';

containerEngineConformance('in memory', async () => ({
  engine: new FakeEngine({ programs: fakePrograms, secondMs: 10 }),
  image: 'drydock/base:latest',
}));
