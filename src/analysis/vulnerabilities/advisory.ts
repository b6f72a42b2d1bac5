import * as z from 'zod';

const text = z.string();
const event = z.record(z.string(), z.string());

/** Databases add fields of their own; nulls stand for what is missing. */
const range = z.object({type: text, events: z.array(event).nullish()});
const affected = z.object({
	package: z.object({ecosystem: text, name: text}).nullish(),
	ranges: z.array(range).nullish(),
	versions: z.array(text).nullish(),
	severity: z.array(z.object({type: text, score: text})).nullish(),
});

const record = z.object({
	id: text,
	modified: text.nullish(),
	published: text.nullish(),
	withdrawn: text.nullish(),
	aliases: z.array(text).nullish(),
	upstream: z.array(text).nullish(),
	summary: text.nullish(),
	details: text.nullish(),
	severity: z.array(z.object({type: text, score: text})).nullish(),
	affected: z.array(affected).nullish(),
});

/** Versions in which something is vulnerable: from each `introduced` on, up to `fixed` or `last_affected`. */
export type Range = {readonly type: string; readonly events: readonly {readonly [event: string]: string}[]};

/** What an advisory says of one package. */
export type Affected = {
	readonly ecosystem: string;
	readonly name: string;
	readonly ranges: readonly Range[];
	readonly versions: readonly string[];
	/** Of CVSS. */
	readonly vectors: readonly string[];
};

/** One known vulnerability, as a database tells it. */
export type Advisory = {
	readonly id: string;
	/** The same vulnerability elsewhere, and that which a distribution's advisory is about. */
	readonly aliases: readonly string[];
	readonly summary: string;
	readonly modified?: string | undefined;
	readonly withdrawn?: string | undefined;
	readonly vectors: readonly string[];
	readonly affected: readonly Affected[];
};

const longestSummary = 200;

/** Summaries are a line, details may be a page. */
const firstLine = (words: string) =>
	words
		.trim()
		.split('\n', 1)[0]
		?.replace(/^#+\s*/, '')
		.slice(0, longestSummary) ?? '';

/**
 * A record of the OSV format.
 * @returns undefined for JSON that is none
 * @see https://ossf.github.io/osv-schema/
 */
export function readAdvisory(json: unknown): Advisory | undefined {
	const parsed = record.safeParse(json);
	if (!parsed.success) return undefined;
	const {id, modified, withdrawn, aliases, upstream, summary, details, severity, affected: all} = parsed.data;
	const vectors = (list: typeof severity) => (list ?? []).flatMap(({type, score}) => (type.startsWith('CVSS_') ? [score] : []));
	return {
		id,
		aliases: [...new Set([...(aliases ?? []), ...(upstream ?? [])])],
		summary: firstLine(summary ?? details ?? ''),
		...(modified ? {modified} : {}),
		...(withdrawn ? {withdrawn} : {}),
		vectors: vectors(severity),
		affected: (all ?? []).flatMap(({package: named, ranges, versions, severity: own}) =>
			named
				? [
						{
							...named,
							ranges: (ranges ?? []).map(({type, events}) => ({type, events: events ?? []})),
							versions: versions ?? [],
							vectors: vectors(own),
						},
					]
				: [],
		),
	};
}

/** The name by which all databases know it, where there is one. */
export const commonId = ({id, aliases}: Pick<Advisory, 'id' | 'aliases'>) =>
	[id, ...aliases].find(name => /^CVE-\d{4}-\d+$/.test(name)) ?? id;
