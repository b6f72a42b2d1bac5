import {joinSpans, type Span} from './secret-patterns.ts';

/** Shorter values would hide half of every text. */
const shortest = 6;
/** Lines of a longer value are looked for by themselves from this length on. */
const shortestLine = 12;
/** Room for the Secrets of a large cluster: some thousand values in several spellings, keys line by line. */
const widest = 200_000;

/** Secrets hold such words too (`username`, the namespace of a service account token), and a text without them says nothing. */
const commonWords = new Set(
	`default kube-system kube-public kube-node-lease production staging development localhost 127.0.0.1 0.0.0.0 postgres postgresql username password
	secret disabled enabled kubernetes kubernetes.default.svc cluster.local Opaque string number boolean object active public private service reader
	administrator changeme operator sandbox primary master replica require disable verify-full mariadb mongodb rabbitmq memcached elastic elasticsearch
	keycloak grafana prometheus wordpress frontend backend gateway ingress controller monitoring anonymous unknown`.split(/\s+/),
);

/** Values known to be secret, found in a text in one pass over it, however many there are. */
export type KnownValues = {
	readonly add: (value: string) => void;
	/** In order, without overlap; the longest value wins. Base64 of a text that holds a value counts as a whole. */
	readonly spans: (text: string) => readonly Span[];
};

const base64Word = /[A-Za-z0-9+/_-]{8,}={0,2}/g;

/** The ways one value is written: as it is, in base64, escaped in JSON, escaped in a URL, its long lines alone. */
function spellings(value: string): readonly string[] {
	const lines = value.includes('\n') ? value.split(/\r?\n/).map(line => line.trim()) : [];
	const encoded = Buffer.from(value).toString('base64');
	return [
		value,
		value.trim(),
		encoded,
		encoded.replace(/=+$/, ''),
		JSON.stringify(value).slice(1, -1),
		urlForm(value),
		...lines.filter(line => line.length >= shortestLine),
	];
}

function urlForm(value: string): string {
	try {
		return encodeURIComponent(value);
	} catch {
		return value; // half of a surrogate pair has no URL form
	}
}

/** What a value says when it is base64 of a text; Secrets are read that way. */
function decoded(value: string): string | undefined {
	if (value.length < 8 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
	const text = Buffer.from(value, 'base64').toString('utf8');
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters mean that it is no text
	return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? undefined : text;
}

/** @param limit entries kept; the oldest are forgotten first */
export function knownValues(limit = widest): KnownValues {
	const all = new Set<string>();
	/** By the first characters, the longest first. */
	const byStart = new Map<string, string[]>();
	/** Codes that a value begins with: most places of a text are passed over by this alone. Forgotten values leave theirs behind. */
	const firstCodes = new Set<number>();

	function insert(value: string): void {
		if (value.length < shortest || all.has(value) || commonWords.has(value)) return;
		all.add(value);
		const start = value.slice(0, shortest);
		const bucket = byStart.get(start) ?? [];
		const place = bucket.findIndex(other => other.length < value.length);
		bucket.splice(place === -1 ? bucket.length : place, 0, value);
		byStart.set(start, bucket);
		firstCodes.add(value.charCodeAt(0));
		if (all.size > limit) forgetOldest();
	}

	function forgetOldest(): void {
		const [oldest] = all;
		if (oldest === undefined) return;
		all.delete(oldest);
		const start = oldest.slice(0, shortest);
		const rest = (byStart.get(start) ?? []).filter(value => value !== oldest);
		if (rest.length === 0) byStart.delete(start);
		else byStart.set(start, rest);
	}

	function plain(text: string): readonly Span[] {
		const spans: Span[] = [];
		for (let at = 0; at + shortest <= text.length; at++) {
			if (!firstCodes.has(text.charCodeAt(at))) continue;
			const found = byStart.get(text.slice(at, at + shortest))?.find(value => text.startsWith(value, at));
			if (found === undefined) continue;
			spans.push({start: at, end: at + found.length});
		}
		return joinSpans(spans);
	}

	function* encodedSpans(text: string): Generator<Span> {
		for (const {0: word, index} of text.matchAll(base64Word)) {
			if (plain(Buffer.from(word, 'base64').toString('utf8')).length > 0) yield {start: index, end: index + word.length};
		}
	}

	return {
		add(value) {
			if (value.length < shortest || commonWords.has(value)) return;
			const text = decoded(value);
			for (const spelling of [...spellings(value), ...(text === undefined ? [] : spellings(text))]) insert(spelling);
		},
		spans: text => (byStart.size === 0 || text.length < shortest ? [] : joinSpans([...plain(text), ...encodedSpans(text)])),
	};
}
