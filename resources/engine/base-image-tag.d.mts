/**
 * The tag of the base image that belongs to a folder of its sources (`resources/images/base`):
 * `drydock/base:<12 hex digits of the content's SHA-256>`. Throws when the folder cannot be read.
 */
export function baseImageTag(folder: string): string;

/** The tag that always points to the newest base image of this machine. */
export const BASE_IMAGE_LATEST: 'drydock/base:latest';
