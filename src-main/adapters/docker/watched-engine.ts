import type { ContainerEngine } from '../../ports/container-engine.ts';
import { isOfKind } from './engine-fault.ts';

/** The same engine; `inDoubt` is told of each call that got no answer, so that a hung engine does not pass for one that is up. */
export const watchedEngine = (engine: ContainerEngine, inDoubt: () => void): ContainerEngine => {
  const watch = (error: unknown): void => {
    if (isOfKind(error, 'timedOut') || isOfKind(error, 'unavailable')) inDoubt();
  };
  return new Proxy(engine, {
    get: (target, name, receiver) => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, args);
        if (result instanceof Promise) result.catch(watch);
        return result;
      };
    },
  });
};
