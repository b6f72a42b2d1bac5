import type {Clause, Word} from '../clause.ts';

type Words = Pick<Clause, 'words'>;

/** `KEY=value` with the letters as they were written. */
export type Pair = {readonly key: string; readonly value: string; readonly at: number};

/** All `key=value` of a clause; a value in quotes behind the sign (`A="b c"`) is joined. */
export function pairsIn({words}: Words): readonly Pair[] {
	return words.flatMap((word, at): readonly Pair[] => {
		const parts = /^([A-Za-z0-9_][\w./-]*)=(.*)$/s.exec(word.raw);
		const [, key, value] = parts ?? [];
		if (key === undefined || value === undefined) return [];
		const next = words[at + 1];
		return [{key, value: value === '' && next?.quoted === true ? next.raw : value, at}];
	});
}

const path = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
const imagePattern = new RegExp(`^(?:[a-z0-9.-]+(?::\\d+)?/)?(?:${path}/)*${path}(?::[\\w][\\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$`);

/** `nginx.ingress.kubernetes.io/rewrite-target`: a key of labels and annotations. */
const apiKey = /^(?!registry\.)(?:[a-z0-9-]+\.)*(?:kubernetes|k8s)\.io\/[\w.-]+$/;

/**
 * Whether a word names a container image: it has a tag, a digest, or a repository with a registry. A port (`kafka:9092`), a path or a URL is none.
 */
export function isImage({raw}: Pick<Word, 'raw'>): boolean {
	if (!imagePattern.test(raw) || apiKey.test(raw) || /^\d+(?:\.\d+){3}\/\d+$/.test(raw)) return false;
	const name = raw.slice(raw.lastIndexOf('/') + 1);
	const tag = /:(.+)$/.exec(name)?.[1];
	if (tag === undefined) return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/./.test(raw);
	return /^\d{1,2}:\d{2}(?::\d{2})?(?:am|pm|z)?$/i.test(raw) === false && (raw.includes('/') || !/^\d{4,5}$/.test(tag));
}

/** `KAFKA_BROKER=kafka:9092` is a pair: it has a sign that no image has. */
export const imagesIn = ({words}: Words): readonly {readonly image: string; readonly at: number}[] =>
	words.flatMap((word, at) => (isImage(word) ? [{image: word.raw, at}] : []));

/** `1.8.0`, `v1.10.0`, `5.4.0-rc1`. A number without a dot is no version by itself. */
export const isVersion = ({raw}: Pick<Word, 'raw'>) => /^v?\d+(?:\.\d+)+(?:[-+][\w.-]+)?$/.test(raw) || /^v\d+$/.test(raw);

export const versionsIn = ({words}: Words): readonly {readonly version: string; readonly at: number}[] =>
	words.flatMap((word, at) => (isVersion(word) ? [{version: word.raw, at}] : []));

/** `pay.example.com`, with a path behind it or a scheme before it. */
export function hostOf({raw}: Pick<Word, 'raw'>): {readonly host: string; readonly path: string} | undefined {
	const parts = /^(?:https?:\/\/)?((?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?::\d+)?(\/\S*)?$/i.exec(raw);
	const host = parts?.[1];
	// `registry.example.com/shop/web:1.2` is an image.
	return host === undefined || raw.includes('@') || (isImage({raw}) && /:[^/]*$/.test(raw))
		? undefined
		: {host: host.toLowerCase(), path: parts?.[2] ?? ''};
}

/** `/healthz`, `/var/lib/data`. */
export const isPath = ({raw}: Pick<Word, 'raw'>) => /^\/[\w./%~+@-]*$/.test(raw);

/** `noreply@example.com` */
export const isAddress = ({raw}: Pick<Word, 'raw'>) => /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(raw);
