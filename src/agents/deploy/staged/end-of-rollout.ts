import {DriftError, stopped, type Trouble, troubleOf} from '../../../core/error.ts';
import type {Json} from '../../../core/json.ts';
import {StoppedError} from '../../../core/tool.ts';
import type {WorkloadName} from './lease/held-by.ts';
import {LeaseLost} from './lease/renew-beside.ts';
import {isPassing} from './patience.ts';
import type {RolloutEnd} from './run-script.ts';
import {strategyWords} from './strategy-words.ts';
import {TurnBack} from './turn-back.ts';

type Back = Extract<RolloutEnd, {ended: 'back'}>;

type Ending = {
	readonly workload: WorkloadName;
	readonly strategy: string;
	/** Of the run: an interrupt leaves the rollout where it is. */
	readonly signal: AbortSignal;
	/** The way back is what was wanted. */
	readonly wantsBack?: boolean;
	/** What the tool answers beside a failure; undefined where that says nothing more. */
	readonly output?: (end: RolloutEnd) => Json | undefined;
};

/** Runs a rollout, and tells an end that was not wanted as a failure: whoever waits for the new version must not take its end for success. */
export async function rolloutEnded(
	{workload, strategy, signal, wantsBack, output}: Ending,
	run: () => Promise<RolloutEnd>,
): Promise<RolloutEnd> {
	const end = await run().catch((error: unknown) => {
		throw rested({workload, strategy, signal}, error);
	});
	if (end.ended === 'forward' && end.unfinished.length > 0) throw unfinished(workload, strategy, end, output?.(end));
	if (end.ended === 'forward' || (wantsBack === true && end.left.length === 0)) return end;
	throw failed(workload, strategy, end, output?.(end));
}

/** Nothing more can be written, so the rollout stays where it is. */
function rested({workload: {namespace, name}, strategy, signal}: Omit<Ending, 'wantsBack' | 'output'>, error: unknown): unknown {
	const words = `${name} -n ${namespace}`;
	const left = [`the ${strategyWords(strategy)} of ${name} rests where it is`];
	if (error instanceof LeaseLost) {
		const what = `The ${strategyWords(strategy)} of ${name} goes on elsewhere`;
		const next = `See how far it is: mkcoa deploy status ${words}`;
		return new StoppedError({trouble: {kind: 'environment', code: 'lease-lost', what, why: error.message, next}, undone: [], left: []});
	}
	if (!signal.aborted && !isPassing(error)) return error;
	const {next: cure, ...trouble} = signal.aborted
		? stopped(signal.reason, `The ${strategyWords(strategy)} of ${name} stands half way`)
		: troubleOf(error);
	return new StoppedError({
		trouble,
		wayOn: journal =>
			`${cure === undefined ? 'Go' : `${cure}. Then go`} on with: ${strategy === 'rollback' ? 'mkcoa deploy resume' : `mkcoa resume ${journal}, or from any machine with: mkcoa deploy resume`} ${words}; or take it back: mkcoa deploy abort ${words}`,
		undone: [],
		left,
	});
}

/** The new version serves whole, and a person has to clean up. */
function unfinished(
	{name}: WorkloadName,
	strategy: string,
	{unfinished: rest}: Extract<RolloutEnd, {ended: 'forward'}>,
	output: Json | undefined,
): StoppedError {
	const what = `The ${strategyWords(strategy)} of ${name} is done, and not all of it could be cleaned up`;
	const why = 'what it was for serves whole, so it does not go back for that';
	const next = `Clean up by hand: ${[...new Set(rest.map(({command}) => command))].join('; ')}`;
	const trouble = {kind: 'environment', code: 'not-cleaned-up', what, why, next} as const;
	return new StoppedError({trouble, undone: [], left: rest.map(each => each.what), ...(output === undefined ? {} : {output})});
}

function failed({namespace, name}: WorkloadName, strategy: string, end: Back, output: Json | undefined): StoppedError {
	const {undone, left, reason, cause} = end;
	const words = `${name} -n ${namespace}`;
	const what = `The ${strategyWords(strategy)} of ${name} ${left.length === 0 ? 'was taken back' : 'could not be taken back whole'}`;
	const next =
		left.length === 0 ? nextOf(words, cause) : `See what is left, then finish the way back: mkcoa deploy abort ${words}, or mkcoa undo`;
	return new StoppedError({
		trouble: {...troubleBehind(strategy, cause), what, why: reason, next},
		undone,
		left,
		...(output === undefined ? {} : {output}),
	});
}

function troubleBehind(strategy: string, cause: unknown): Omit<Trouble, 'what'> {
	if (cause === undefined || cause instanceof TurnBack) return {kind: 'environment', code: `${strategy}-failed`};
	if (cause instanceof DriftError) return {kind: 'environment', code: 'drifted'};
	return troubleOf(cause);
}

function nextOf(words: string, cause: unknown): string {
	if (cause instanceof TurnBack && cause.why === 'no-data')
		return `Nothing of it is left. Give it more time with a longer --interval, or use: mkcoa deploy rolling ${words}`;
	if (cause instanceof TurnBack && cause.why === 'no-numbers')
		return `Nothing of it is left. Run it again when the metrics are there, or judge it by its pods alone: --metrics readiness,restarts`;
	if (cause instanceof TurnBack && cause.why === 'no-series')
		return 'Nothing of it is left. Ask that Prometheus for the series: where they are missing, nothing scrapes the pods or no request reaches them; where another one has them, name it with --prometheus URL. Or judge it by what there is: --metrics readiness,restarts, or a query of your own';
	if (cause instanceof DriftError) return 'Nothing of it is left. Look at what moved, and run it again';
	return `Nothing of it is left. See what serves with: mkcoa deploy status ${words}`;
}
