import type Database from 'better-sqlite3';
import { outcomeOf } from '../../domain/run-outcome.ts';
import type { Change } from '../../ports/run-store.ts';
import type { StoredDocuments } from './stored-documents.ts';

/** Writes a change in one transaction; returns what to do to the documents in memory once it is durable. */
export const changeWriter = (database: Database.Database, documents: StoredDocuments) => {
  const project = database.prepare(
    'INSERT INTO projects (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document',
  );
  const brief = database.prepare(
    `INSERT INTO briefs (id, project_id, number, document) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
  );
  const count = database.prepare("UPDATE counters SET value = max(value, ?) WHERE name = 'briefNumber'");
  const nextChange = database.prepare<[], number>("UPDATE counters SET value = value + 1 WHERE name = 'change' RETURNING value").pluck();
  const run = database.prepare(
    `INSERT INTO runs (id, brief_id, project_id, number, attempt, state, queued_at, ended_at, change, goal, document)
     VALUES (@id, @briefId, @projectId, coalesce((SELECT number FROM briefs WHERE id = @briefId), 0), @attempt, @state, @queuedAt, @endedAt, @change, @goal, @document)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, queued_at = excluded.queued_at, ended_at = excluded.ended_at,
       change = excluded.change, goal = excluded.goal, document = excluded.document`,
  );
  const outcome = database.prepare(
    `INSERT INTO outcomes (sequence, files, additions, deletions, landed)
     SELECT sequence, @files, @additions, @deletions, @landed FROM runs WHERE id = @id
     ON CONFLICT (sequence) DO UPDATE SET files = excluded.files, additions = excluded.additions, deletions = excluded.deletions, landed = excluded.landed`,
  );
  const landing = database.prepare(
    `INSERT INTO landings (id, run_id, state, document) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, document = excluded.document`,
  );
  const event = database.prepare('INSERT INTO events (at, subject, type, data) VALUES (?, ?, ?, ?)');
  const receipt = database.prepare('INSERT INTO receipts (command, at, answer) VALUES (?, ?, ?)');
  const setting = database.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
  const unset = database.prepare('DELETE FROM settings WHERE name = ?');
  const removeProject = database.prepare('DELETE FROM projects WHERE id = ?');
  const removeSnapshots = database.prepare('DELETE FROM snapshots WHERE project_id = ?');
  const removeSnapshot = database.prepare('DELETE FROM snapshots WHERE key = ?');
  const removeBrief = database.prepare('DELETE FROM briefs WHERE id = ?');

  const write = (change: Change): (() => void)[] => {
    const then: (() => void)[] = [];
    for (const one of change.projects ?? []) {
      const { value, json } = documents.projects.checked(one.id, one);
      project.run(one.id, json);
      then.push(() => documents.projects.keep(one.id, value));
    }
    for (const one of change.briefs ?? []) {
      const { value, json } = documents.briefs.checked(one.id, one);
      brief.run(one.id, one.projectId, one.number, json);
      count.run(one.number);
      then.push(() => documents.briefs.keep(one.id, value));
    }
    if (change.runs !== undefined && change.runs.length > 0) {
      const number = nextChange.get();
      for (const one of change.runs) {
        const { value, json } = documents.runs.checked(one.id, one);
        run.run({
          id: one.id, briefId: one.briefId, projectId: one.projectId, attempt: one.attempt, state: one.state.name,
          queuedAt: one.queuedAt, endedAt: one.endedAt, change: number, goal: one.order.text.goal, document: json,
        });
        const { landed, ...figures } = outcomeOf(one);
        outcome.run({ id: one.id, ...figures, landed: landed ? 1 : 0 });
        then.push(() => documents.runs.keep(one.id, value));
      }
    }
    for (const one of change.landings ?? []) {
      const { value, json } = documents.landings.checked(one.id, one);
      landing.run(one.id, one.runId, one.state, json);
      then.push(() => documents.landings.keep(one.id, value));
    }
    for (const [name, value] of Object.entries(change.settings ?? {})) {
      if (value === undefined) unset.run(name);
      else setting.run(name, JSON.stringify(value));
    }
    for (const one of change.events) event.run(change.at, one.subject, one.type, JSON.stringify(one.data ?? null));
    for (const key of change.removedSnapshots ?? []) removeSnapshot.run(key);
    if (change.receipt !== undefined) receipt.run(change.receipt.command, change.at, JSON.stringify(change.receipt.answer ?? null));
    for (const id of change.removedBriefs ?? []) {
      removeBrief.run(id);
      then.push(() => documents.briefs.drop(id));
    }
    for (const id of change.removedProjects ?? []) {
      removeProject.run(id);
      removeSnapshots.run(id);
      // Its briefs go with it; which ones is not worth asking for so rare a thing.
      then.push(() => {
        documents.projects.drop(id);
        documents.briefs.dropAll();
      });
    }
    return then;
  };
  return database.transaction(write).immediate;
};
