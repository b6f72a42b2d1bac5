import {judgeMetric} from './judge-metric.ts';
import type {CanaryMetric, CountsInterval} from './metric.ts';

/** Requests a minute of both sides while one stage lasts, and the part of them that fails. */
export type StageTraffic = {readonly canary: number; readonly stable: number; readonly badPart: number};

/** Longer than this nobody plans. */
const mostLooks = 4 * 60 * 6;
const lookMs = 10_000;
const looksInMinute = 60_000 / lookMs;

/**
 * How long each stage takes until the test has an answer for a canary that is as good as the stable version, stage after stage: what was
 * counted before helps.
 * @returns milliseconds, one number for each stage; undefined where it takes longer than four hours, and for all after it
 */
export function timeNeeded(metric: CanaryMetric, stages: readonly StageTraffic[]): readonly (number | undefined)[] {
	const before: CountsInterval[] = [];
	let isLost = false;
	return stages.map(traffic => {
		const looks = isLost ? undefined : looksNeeded(metric, before, traffic);
		isLost = looks === undefined;
		before.push(...looksAt(traffic, looks ?? 0));
		return looks === undefined ? undefined : looks * lookMs;
	});
}

/** The test itself says how many minutes are missing, and is asked again with those; the last minute is looked at more closely. */
function looksNeeded(metric: CanaryMetric, before: readonly CountsInterval[], traffic: StageTraffic): number | undefined {
	const verdictAt = (looks: number) => judgeMetric(metric, [...before, ...looksAt(traffic, looks)], {stageFrom: before.length});
	for (let looks = looksInMinute; looks <= mostLooks; ) {
		const {verdict, minutesMore} = verdictAt(looks);
		if (verdict !== 'not-enough-data') {
			const inLastMinute = Array.from({length: looksInMinute}, (_, less) => looks - looksInMinute + 1 + less);
			return inLastMinute.find(fewer => verdictAt(fewer).verdict !== 'not-enough-data') ?? looks;
		}
		if (minutesMore === undefined) return undefined;
		looks += minutesMore * looksInMinute;
	}
	return undefined;
}

function looksAt({canary, stable, badPart}: StageTraffic, looks: number): readonly CountsInterval[] {
	const side = (perMinute: number) => ({total: perMinute / looksInMinute, bad: (perMinute / looksInMinute) * badPart});
	return Array.from({length: looks}, () => ({kind: 'counts', spanMs: lookMs, canary: side(canary), stable: side(stable)}));
}
