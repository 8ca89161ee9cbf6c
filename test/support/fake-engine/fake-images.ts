import { EngineFailure, type ImageFacts } from '../../../src-main/ports/container-engine.ts';
import { FakeFiles } from './fake-files.ts';

interface FakeImage {
  readonly id: string;
  readonly tags: Set<string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly files: FakeFiles;
  readonly namedAt: number;
}

export const carries = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

/** The images of a fake engine. */
export class FakeImages {
  readonly #images = new Map<string, FakeImage>();

  add(id: string, reference: string, labels: Readonly<Record<string, string>>, files = new FakeFiles(), namedAt = Date.now()): void {
    for (const image of this.#images.values()) image.tags.delete(reference);
    this.#images.set(id, { id, tags: new Set([reference]), labels, files, namedAt });
  }

  find(reference: string): FakeImage | null {
    return this.#images.get(reference) ?? [...this.#images.values()].find(({ tags }) => tags.has(reference)) ?? null;
  }

  require(reference: string): FakeImage {
    const image = this.find(reference);
    if (image === null) throw new EngineFailure({ kind: 'noSuchImage', reference });
    return image;
  }

  facts(reference: string): ImageFacts | null {
    const image = this.find(reference);
    if (image === null) return null;
    return { id: image.id, sizeBytes: image.files.bytesBeyond(new FakeFiles()), architecture: 'amd64', labels: image.labels, namedAt: image.namedAt };
  }

  /** The fake has one layer only. */
  lastLayerBytes(reference: string): number | null {
    return this.facts(reference)?.sizeBytes ?? null;
  }

  remove(reference: string): void {
    const image = this.find(reference);
    if (image === null) return;
    if (reference === image.id && image.tags.size > 1) throw new EngineFailure({ kind: 'refused', message: `${image.id} has several names` });
    if (reference === image.id) image.tags.clear();
    else image.tags.delete(reference);
    if (image.tags.size === 0) this.#images.delete(image.id);
  }

  list(labels: Readonly<Record<string, string>>): { reference: string; labels: Readonly<Record<string, string>> }[] {
    return [...this.#images.values()]
      .filter((image) => carries(image.labels, labels))
      .flatMap(({ id, tags, labels: own }) => (tags.size > 0 ? [...tags] : [id]).map((reference) => ({ reference, labels: own })));
  }
}
