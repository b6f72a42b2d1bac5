import type {JsonObject} from '../../../../core/json.ts';
import {hostOf, isPath} from '../../words/values.ts';
import {plainAt, type Wish, whereWords} from './wish.ts';

const fields = {readiness: 'readinessProbe', liveness: 'livenessProbe', startup: 'startupProbe'} as const;
const sorts: readonly (readonly [keyof typeof fields, RegExp])[] = [
	['readiness', /^(?:readiness|readinessprobe|ready|레디니스|준비성?)/],
	['liveness', /^(?:liveness|livenessprobe|라이브니스|활성)/],
	['startup', /^(?:startup|startupprobe|스타트업|시작)$/],
];

const isProbeWord = (wish: Wish, at: number) =>
	/probe|health ?check|프로브|헬스체크|체크|^(?:readiness|liveness)/.test(`${plainAt(wish, at)} ${plainAt(wish, at + 1)}`);

/** Where the talk of a probe begins, and where other things are spoken of again. */
function spans(wish: Wish): readonly {readonly sort: keyof typeof fields; readonly from: number; readonly to: number}[] {
	const starts = sorts.flatMap(([sort, pattern]) =>
		whereWords(wish, pattern)
			.filter(at => isProbeWord(wish, at))
			.slice(0, 1)
			.map(from => ({sort, from})),
	);
	return starts.map(({sort, from}) => {
		const next = starts.filter(other => other.from > from).map(other => other.from);
		const stop = wish.words.findIndex((word, at) => at >= from && (word.stop === '.' || word.stop === ';'));
		return {sort, from, to: Math.min(...next, stop < 0 ? wish.words.length : stop + 1)};
	});
}

function numbersIn(wish: Wish, from: number, to: number) {
	return wish.amounts.flatMap(amount => (amount.kind === 'number' && amount.first >= from && amount.last < to ? [amount] : []));
}

function portIn(wish: Wish, from: number, to: number): number | string | undefined {
	const beside = numbersIn(wish, from, to).find(({first, last}) =>
		[first - 1, last + 1].some(at => /^(?:port|포트)/.test(plainAt(wish, at))),
	);
	const large = numbersIn(wish, from, to).find(({value}) => value >= 80);
	const joined = wish.words
		.slice(from, to)
		.map(({raw}) => /^:(\d{2,5})/.exec(raw)?.[1])
		.find(digits => digits !== undefined);
	return beside?.value ?? (joined === undefined ? large?.value : Number(joined));
}

/** Seconds of a duration behind or before one of these words. */
function secondsBeside(wish: Wish, from: number, to: number, words: RegExp): number | undefined {
	return wish.amounts
		.flatMap(amount => (amount.kind === 'duration' && amount.first >= from && amount.last < to ? [amount] : []))
		.find(({first, last}) => [first - 1, first - 2, last + 1].some(at => words.test(plainAt(wish, at))))?.seconds;
}

function probeOf(wish: Wish, from: number, to: number, ports: readonly number[]): JsonObject | undefined {
	const words = wish.words.slice(from, to);
	const path =
		words.find(word => isPath(word))?.raw ?? words.map(hostOf).find(found => found?.path !== undefined && found.path !== '')?.path;
	const port = portIn(wish, from, to) ?? ports[0];
	if (port === undefined) return undefined;
	const how = path === undefined ? {tcpSocket: {port}} : {httpGet: {path, port}};
	return {
		...how,
		periodSeconds: secondsBeside(wish, from, to, /^(?:every|period|마다|간격)/),
		initialDelaySeconds: secondsBeside(wish, from, to, /^(?:delay|after|initial|초기|대기|지연|후)/),
		timeoutSeconds: secondsBeside(wish, from, to, /^(?:timeout|within|타임아웃)/),
	};
}

/** The probes that a wish asks for; words inside them are no ports of the container. */
export function probesIn(wish: Wish, ports: readonly number[]): {readonly probes: JsonObject; readonly isInside: (at: number) => boolean} {
	const found = spans(wish);
	const probes = Object.fromEntries(found.map(({sort, from, to}) => [fields[sort], probeOf(wish, from, to, ports)]));
	return {probes, isInside: at => found.some(({from, to}) => at >= from && at < to)};
}
