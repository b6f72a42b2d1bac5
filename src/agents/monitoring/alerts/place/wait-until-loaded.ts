import {conditionKey} from '../../../../analysis/alert-rules/same-condition.ts';
import {sleep} from '../../../../core/clock.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {type Context, StoppedError} from '../../../../core/tool.ts';
import type {MetricsServer, Rule} from '../../../../mcp/monitoring/port.ts';

/** A rule that is to be seen on the server. */
export type Expected = {readonly group: string; readonly name: string; readonly expr: string};

const pollMs = 2000;

type Waiting = {readonly metrics: MetricsServer; readonly object: string; readonly withinMs: number};

/**
 * Waits until the server evaluates every rule, without an error.
 * @returns after how many milliseconds it did
 * @throws StoppedError `rules-not-loaded`, `rules-failing` with what is known; the object stays as it was written
 */
export async function waitUntilLoaded(
	expected: readonly Expected[],
	{metrics, object, withinMs}: Waiting,
	{clock, signal, emit}: Pick<Context<unknown>, 'clock' | 'signal' | 'emit'>,
): Promise<number> {
	const beginMs = clock.now();
	let why = '';
	for (let said = false; ; said = true) {
		if (!said) emit({kind: 'progress', text: `Waiting until ${metrics.source} has loaded ${object}`});
		try {
			const seen = seenOf(expected, await metrics.rules());
			const failing = seen.find(({rule}) => rule?.health === 'err');
			if (failing !== undefined)
				throw stopped(
					'rules-failing',
					`${metrics.source} cannot evaluate ${failing.name} of ${object}`,
					failing.rule?.lastError ?? '',
					object,
				);
			if (seen.every(({rule}) => rule?.health === 'ok')) return clock.now() - beginMs;
			why = whyOf(seen);
		} catch (error) {
			if (!(error instanceof MkcoaError)) throw error;
			// A server that loads rules may be away for a moment.
			why = [error.trouble.what, error.trouble.why].filter(Boolean).join(': ');
		}
		if (clock.now() - beginMs + pollMs > withinMs)
			throw stopped(
				'rules-not-loaded',
				`${object} was written, and ${metrics.source} has not loaded it within ${Math.round(withinMs / 1000)} seconds`,
				why,
				object,
			);
		await sleep(clock, pollMs, signal);
	}
}

type Seen = {readonly name: string; readonly rule: Rule | undefined};

/** An older version of a rule under the same name is not it. */
const seenOf = (expected: readonly Expected[], rules: readonly Rule[]): readonly Seen[] =>
	expected.map(({group, name, expr}) => ({
		name,
		rule: rules.find(rule => rule.group === group && rule.name === name && conditionKey(rule.query) === conditionKey(expr)),
	}));

function whyOf(seen: readonly Seen[]): string {
	const missing = seen.filter(({rule}) => rule === undefined).map(({name}) => name);
	if (missing.length === 0) return 'it is loaded, and has not been evaluated yet';
	return `it does not list ${[...new Set(missing)].join(', ')}: the operator and the reloader of Prometheus take up to some minutes, and may have refused it`;
}

const stopped = (code: string, what: string, why: string, object: string) =>
	new StoppedError({
		trouble: {kind: 'environment', code, what, why},
		wayOn: journal => `Look at the operator's log and at Prometheus' page of rules; take it back with: mkcoa undo ${journal}`,
		undone: [],
		left: [`${object} stays as it was written`],
	});
