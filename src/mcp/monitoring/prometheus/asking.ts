import type * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject} from '../../../core/json.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import {lessWords, unreachable} from '../http/trouble.ts';
import type {Parameters, Wire} from '../http/wire.ts';
import type {Remarks} from '../port.ts';

type Question = {
	/** `query_range`, `label/job/values` */
	readonly name: string;
	readonly parameters: Parameters;
	/** What is asked about, for errors: the query, or the selector. */
	readonly about: string;
	/** What the answer should be: `a vector`. */
	readonly what: string;
};

/** Asks one question of the HTTP API, and reads the answer by its schema. */
export type Ask = <Schema extends z.ZodType>(question: Question, schema: Schema) => Promise<z.output<Schema>>;

/**
 * Questions to a Prometheus.
 * @throws MkcoaError `bad-query` with its words where it does not answer them
 */
export const askingOf =
	(wire: Wire): Ask =>
	async ({name, parameters, about, what}, schema) => {
		// Prometheus answers 503 in its own words to a query that took too long.
		const {status, body, text} = await wire.ask({path: `/api/v1/${name}`, parameters, mayBeForm: true, answers: [503]});
		// What stands before it may answer 503 as well, in words of its own.
		const isAway = status === 404 || status === 405 || (status === 503 && !(isJsonObject(body) && body.status === 'error'));
		if (isAway) throw unreachable(wire.server, {why: `it answered HTTP ${status}`, quoted: text});
		const parsed = schema.safeParse(body);
		if (!parsed.success) throw badQuery(wire.server.source, about, what)(wordsOf(body, text));
		return parsed.data;
	};

/** What it says is wrong, or all that it says. */
function wordsOf(body: unknown, text: string): string {
	if (isJsonObject(body) && typeof body.error === 'string') return body.error;
	return text === '' ? JSON.stringify(body ?? null) : text;
}

/** Words of Prometheus for a query that is right and asks for too much. */
const tooMuch = /timed out|too many samples|exceeded maximum resolution/;

export const badQuery = (source: string, promql: string, what: string) => (quoted: string, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'bad-query',
			what: `${source} did not answer ${what}`,
			why: `the query was ${promql}`,
			next: tooMuch.test(quoted) ? `Ask ${lessWords}` : 'Try the query in Prometheus itself, which tells what is wrong with it',
			quoted: quoted.slice(0, 300),
		},
		{cause},
	);

type Said = {
	readonly warnings?: readonly string[] | null | undefined;
	readonly infos?: readonly string[] | null | undefined;
	readonly isPartial?: boolean | undefined;
};

/** Remarks of PromQL itself, and that a limit was kept: nothing was away. */
const isComplete = (warning: string) => /^PromQL (?:warning|info)\b/.test(warning) || /truncated due to limit/.test(warning);

/** What was said beside the answers, once each. Other warnings than those of PromQL come from stores that did not answer. */
export function remarksOf(answers: readonly Said[]): Remarks {
	const each = (lists: readonly (readonly string[] | null | undefined)[]) => [...new Set(lists.flatMap(list => list ?? []).map(oneLine))];
	const warnings = each(answers.map(answer => answer.warnings));
	return {
		warnings,
		infos: each(answers.map(({infos}) => infos)),
		partial: answers.some(({isPartial}) => isPartial === true) || warnings.some(warning => !isComplete(warning)),
	};
}

/** As Prometheus reads moments. */
export const seconds = (ms: number) => String(ms / 1000);
