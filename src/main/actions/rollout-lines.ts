import {watchRollout} from '../../agents/deploy/watch/watch-rollout.ts';
import type {Options} from '../../commands/options.ts';
import {jsonText} from '../../commands/render/json-text.ts';
import {printErr} from '../../commands/render/paint.ts';
import {sleep} from '../../core/clock.ts';
import {canonicalJson, type Json} from '../../core/json.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {RolloutPicture} from '../../core/rollout-picture.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {hanging, type Line, span} from '../../core/text/styled.ts';
import type {Host} from '../host.ts';
import {lifeOf} from '../life-of.ts';
import type {Watched} from '../screens/rollout-data.ts';
import {openSession} from '../session.ts';

/** Somebody may go on with a rollout whose holder went silent. */
const longestSilenceMs = 60_000;

/** A line for each change, on standard output, until the rollout ends or nobody carries it out any more. */
export async function printRollout({name, namespace}: Watched, options: Options, host: Host): Promise<ExitCode> {
	const {streams, clock} = host;
	const session = await openSession({options, host});
	try {
		const {cluster, signal, redact} = session;
		const place = {name, namespace: namespace ?? cluster.namespace};
		const watch = await watchRollout(place, {cluster, clock, holderDied: lifeOf(host.user).holderDied, signal});
		try {
			const lines = options.output === 'json' ? jsonLines(clock.now) : textLines(clock.now);
			const print = () => {
				for (const line of lines(redact(watch.current()))) streams.out(`${line}\n`);
			};
			print();
			const stop = watch.subscribe(print);
			const ended = await endOf(watch, host, signal);
			stop();
			if (ended !== exitCodes.done && options.output === 'text') printErr(streams, width => nextLines(redact(watch.current()), width));
			return ended;
		} finally {
			watch.close();
		}
	} finally {
		await session.close();
	}
}

type Watch = Awaited<ReturnType<typeof watchRollout>>;

async function endOf(watch: Watch, {clock}: Pick<Host, 'clock'>, signal: AbortSignal): Promise<ExitCode> {
	for (let silentMs = 0; ; ) {
		const {exit} = rolloutEnd(watch.current());
		if (exit !== undefined) return exit;
		if (watch.current().state !== 'stopped') silentMs = 0;
		else if (silentMs >= longestSilenceMs) return exitCodes.failed;
		const changed = Promise.withResolvers<void>();
		const stop = watch.subscribe(changed.resolve);
		const begunMs = clock.now();
		await Promise.race([changed.promise, sleep(clock, longestSilenceMs, signal)]).finally(stop);
		silentMs += clock.now() - begunMs;
	}
}

/** `2026-01-01T00:00:00Z  step 4 of 9: …`, with how the requests are shared where that is known. */
function textLines(now: () => number): (picture: RolloutPicture) => readonly string[] {
	let toldBefore: readonly string[] | undefined;
	return ({summary, target, told, progress, weights}) => {
		const news = toldBefore === undefined ? [`${summary} (${target})`, ...told] : newIn(toldBefore, told);
		const isAlone = toldBefore === undefined && told.length === 0 && progress !== undefined;
		toldBefore = told;
		const at = new Date(now()).toISOString();
		const [first] = weights;
		const share = first === undefined ? '' : ` (${first.name} ${Math.round(first.share * 100)} %)`;
		return [...news, ...(isAlone ? [progress.text] : [])].map(text => `${at}\t${oneLine(text)}${text.startsWith('step ') ? share : ''}`);
	};
}

/** What stands behind all that was told before; the oldest may have been dropped meanwhile. */
function newIn(before: readonly string[], told: readonly string[]): readonly string[] {
	const last = before.at(-1);
	for (let kept = Math.min(before.length, told.length); kept > 0; kept--)
		if (told[kept - 1] === last && before.slice(-kept).every((text, at) => text === told[at])) return told.slice(kept);
	return told;
}

/** The whole picture, each time that something of it is another. That time passes is no change. */
function jsonLines(now: () => number): (picture: RolloutPicture) => readonly string[] {
	let before = '';
	return picture => {
		const {told: _, endsAt, led, ...steady} = picture;
		// A picture is JSON; its optional fields make it wider than the type of JSON values.
		const json = JSON.parse(JSON.stringify(steady)) as Json;
		const text = canonicalJson(json);
		if (text === before) return [];
		before = text;
		return [jsonText({kind: 'rollout', at: new Date(now()).toISOString(), ...steady, led, endsAt})];
	};
}

const nextLines = ({next = []}: Pick<RolloutPicture, 'next'>, width: number): readonly Line[] =>
	next.flatMap(text => hanging([span('> ', 'dim')], text, {width}));

/** How a rollout ended, for a script and for whoever watched; no exit code while it goes on. */
export function rolloutEnd({state, summary, reason = '', next = []}: RolloutPicture): {
	readonly exit: ExitCode | undefined;
	readonly lines: (width: number) => readonly Line[];
} {
	const exit = state === 'done' ? exitCodes.done : state === 'failed' ? exitCodes.failed : undefined;
	const mark = state === 'done' ? span('✓ ', 'good') : state === 'failed' ? span('✗ ', 'bad') : span('- ');
	const said = exit === undefined ? 'it goes on' : reason;
	return {
		exit,
		lines: width => [...hanging([mark], `${summary}: ${said}`, {width}), ...(exit === exitCodes.failed ? nextLines({next}, width) : [])],
	};
}
