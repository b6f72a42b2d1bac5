import type {Component} from '../component.ts';

/** A list of the packages of one image or program. */
export type Sbom = {
	/** `CycloneDX 1.6` */
	readonly format: string;
	/** What it is the list of: an image, as whoever made it calls it. */
	readonly subject?: string | undefined;
	/** Digests of that, `sha256:…`, by which a running image is told. */
	readonly digests: readonly string[];
	readonly created?: string | undefined;
	readonly components: readonly Component[];
};

/** `sha256:…` wherever it stands in a text. */
export const digestsIn = (...texts: readonly (string | undefined)[]): readonly string[] => [
	...new Set(
		texts.flatMap(text =>
			[...(text ?? '').matchAll(/sha256(?::|%3A)([0-9a-f]{64})/gi)].map(([, hex = '']) => `sha256:${hex.toLowerCase()}`),
		),
	),
];
