import { brief, type Brief } from '../../contract/brief.ts';
import { landing, type Landing } from '../../contract/landing.ts';
import { project, type Project } from '../../contract/project.ts';
import { run, type Run } from '../../contract/run.ts';
import { Documents } from './documents.ts';

/** Every kind of document with how many of them stay in memory: projects and briefs are few, runs grow for ever. */
export class StoredDocuments {
  readonly projects = new Documents<Project>('project', project, 1_000);
  readonly briefs = new Documents<Brief>('brief', brief, 2_000);
  readonly runs = new Documents<Run>('run', run, 500);
  readonly landings = new Documents<Landing>('landing', landing, 100);
}
