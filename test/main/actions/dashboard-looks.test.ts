import {expect, onTestFinished, test} from 'vitest';
import {dashboardSchema, type ToldDashboard} from '../../../src/agents/monitoring/dashboard/dashboard-output.ts';
import {MkcoaError} from '../../../src/core/error.ts';
import {printLooks} from '../../../src/main/actions/dashboard-looks.ts';
import {manualClock} from '../../support/manual-clock.ts';
import {sampleDashboard} from '../../support/sample-dashboard.ts';

const first = dashboardSchema.parse(sampleDashboard);
const later = (minutes: number): ToldDashboard => ({...first, to: new Date(Date.parse(first.to) + minutes * 60_000).toISOString()});

/** What is printed while looks come that a test names. */
function looking(isJson: boolean, ...looks: readonly (ToldDashboard | MkcoaError)[]) {
	const clock = manualClock();
	const ended = new AbortController();
	onTestFinished(() => ended.abort());
	const [out, err, left]: [string[], string[], (ToldDashboard | MkcoaError)[]] = [[], [], [...looks]];
	const read = async () => {
		const look = left.shift() ?? later(looks.length);
		if (look instanceof MkcoaError) throw look;
		return look;
	};
	const end = printLooks(first, read, {
		...{isJson, clock, everyMs: () => 5000, limitMs: 60_000, signal: ended.signal},
		streams: {out: text => void out.push(text), err: text => void err.push(text)},
	});
	const stop = () => {
		ended.abort();
		return end;
	};
	return {out, err, clock, stop};
}

test('a pipe gets a line of tabs for each series, and again when there are newer numbers', async () => {
	const {out, clock, stop} = looking(false, first, first, later(1));
	await clock.advance(0);
	expect(out).toHaveLength(7);
	expect(out[1]).toBe(`2026-01-01T12:00:00.000Z\tcpu\tused\t${first.panels[1]?.series[0]?.now}\tcores\n`);
	await clock.advance(5000);
	expect(out).toHaveLength(7);
	await clock.advance(5000);
	expect(out.slice(7).every(line => line.startsWith('2026-01-01T12:01:00.000Z\t'))).toBe(true);
	await stop();
});

test('with --json each look is one line', async () => {
	const {out, clock, stop} = looking(true, later(1));
	await clock.advance(0);
	expect(out.map(line => JSON.parse(line).to)).toEqual([first.to, later(1).to]);
	await stop();
});

test('that nobody answers is said once, and the next answer goes on', async () => {
	const away = new MkcoaError({kind: 'environment', code: 'metrics-unreachable', what: 'Prometheus is away'});
	const {out, err, clock, stop} = looking(false, away, away, later(1));
	await clock.advance(5000);
	expect(err).toEqual(['Not read since 2026-01-01T12:00:00.000Z: Prometheus is away. It is tried again\n']);
	expect(out).toHaveLength(7);
	await clock.advance(5000);
	expect(out).toHaveLength(14);
	await stop();
});
