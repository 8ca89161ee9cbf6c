import type { NetworkRule } from '../../../contract/network.ts';
import { placesOfFile, type ImageFile } from './configuration-files.ts';
import type { NamedPlace } from './named-places.ts';
import { placesInAnswer, type RegistryQuestion } from './registry-questions.ts';

/** What was asked in an image, and its standard output. */
export interface RegistryAnswer {
  readonly question: Pick<RegistryQuestion, 'answer'>;
  readonly output: string;
}

/** As many as a policy has room for beside a person's own. */
const MOST = 64;

const ruleFor = ({ host, port }: NamedPlace): NetworkRule => ({ host, port, methods: ['GET', 'HEAD'], path: '', allowPrivate: true });

/**
 * The preset "package registries of this image": reading alone, from exactly the hosts that the image's own tools are configured
 * for. A company's mirror is in its private network, so that these may lead there.
 */
export const registriesOf = (files: readonly ImageFile[], answers: readonly RegistryAnswer[] = []): NetworkRule[] => {
  const places = [...files.flatMap(placesOfFile), ...answers.flatMap(({ question, output }) => placesInAnswer(question, output))];
  const unique = new Map(places.map((place) => [`${place.host}:${place.port}`, place]));
  return [...unique.values()].toSorted((one, other) => (one.host < other.host ? -1 : one.host > other.host ? 1 : (one.port ?? 0) - (other.port ?? 0))).slice(0, MOST).map(ruleFor);
};
