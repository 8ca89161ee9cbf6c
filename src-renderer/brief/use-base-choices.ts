import { useEffect, useState } from 'react';
import type { BaseChoice } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { RepositoryFacts } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { count, moment } from '../ui/format.ts';
import type { PickEntry, PickSection } from '../ui/pick.tsx';

/** Quiet time after which commits are looked for, in milliseconds. */
const SEARCH_AFTER_MS = 200;
/** Branches and commits offered at once; more are found by typing. */
const MOST = 50;

/** A choice as the list names it. */
export const idOfBase = (base: BaseChoice): string =>
  base.kind === 'branch' ? `branch:${base.name}` : base.kind === 'commit' ? `commit:${base.commit}` : base.kind;

export const baseOfId = (id: string): BaseChoice => {
  if (id.startsWith('branch:')) return { kind: 'branch', name: id.slice('branch:'.length) };
  if (id.startsWith('commit:')) return { kind: 'commit', commit: id.slice('commit:'.length) };
  return { kind: id === 'workingTree' ? 'workingTree' : 'head' };
};

const useCommits = (projectId: ProjectId, text: string, open: boolean): readonly PickEntry[] => {
  const [commits, setCommits] = useState<readonly PickEntry[]>([]);
  useEffect(() => {
    if (!open) return;
    const giveUp = new AbortController();
    const timer = setTimeout(() => {
      api.bases.commits({ projectId, branch: null, text, limit: MOST }, { signal: giveUp.signal }).then(
        (found) =>
          setCommits(
            found.map(({ commit, subject, author, at }) => ({ id: `commit:${commit}`, title: `${commit.slice(0, 8)}  ${visibleText(subject)}`, detail: `${visibleText(author)}, ${moment(at)}` })),
          ),
        () => undefined,
      );
    }, SEARCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
      giveUp.abort();
    };
  }, [projectId, text, open]);
  return commits;
};

/** What a run can start from, narrowed by what is typed; a commit id that is typed whole can be taken as it is. */
export const useBaseChoices = (projectId: ProjectId, typed: string, open: boolean): readonly PickSection[] => {
  const [facts, setFacts] = useState<RepositoryFacts | null>(null);
  useEffect(() => {
    if (!open) return;
    const giveUp = new AbortController();
    api.projects.facts({ projectId }, { signal: giveUp.signal }).then(setFacts, () => undefined);
    return () => giveUp.abort();
  }, [projectId, open]);
  const wanted = typed.trim();
  const commits = useCommits(projectId, wanted, open);
  const fits = (entry: PickEntry): boolean => entry.title.toLowerCase().includes(wanted.toLowerCase());
  const here: PickEntry[] = [
    { id: 'head', title: 'HEAD', detail: facts?.branch ? visibleText(facts.branch) : 'the last commit' },
    { id: 'workingTree', title: 'Working tree', detail: facts ? `${count(facts.changedFiles, 'changed file')}, as they are now` : 'files as they are now' },
  ];
  const branches = (facts?.branches ?? []).map(({ name, subject }) => ({ id: `branch:${name}`, title: visibleText(name), detail: visibleText(subject) }));
  const isId = /^[0-9a-f]{7,64}$/i.test(wanted) && !commits.some((commit) => commit.id.startsWith(`commit:${wanted.toLowerCase()}`));
  return [
    { title: 'As it is', entries: here.filter(fits) },
    { title: 'Branches', entries: branches.filter(fits).slice(0, MOST) },
    { title: 'Commits', entries: [...commits, ...(isId ? [{ id: `commit:${wanted.toLowerCase()}`, title: `Commit ${wanted}`, mono: true }] : [])] },
  ];
};
