import {expect, test} from 'vitest';
import {dashboardLines} from '../../../src/core/dashboard/dashboard-lines.ts';
import {boundsOfPanel, type PanelPicture, panelLevel, shortLegends} from '../../../src/core/dashboard/dashboard-picture.ts';
import {lineText, lineWidth} from '../../../src/core/text/styled.ts';
import {sampleDashboard} from '../../support/sample-dashboard.ts';

const nowMs = Date.parse(sampleDashboard.readAt) + 5000;
const textAt = (width: number, picture = sampleDashboard) =>
	dashboardLines(picture, width, nowMs)
		.map(line => lineText(line).trimEnd())
		.join('\n');

test('a dashboard at 80 columns has two panels beside each other', () => {
	expect(textAt(80)).toMatchInlineSnapshot(`
		"Deployment shop/web in test: the last 60m, a point each 60s; this version began
		20m ago
		By Prometheus at test, read 5s ago

		Requests: 64.6/s                         CPU
		80/s ┤⠤⠒⠊⠉⠉⠉⠉⠑⠒⠢⠤⠄     ⢀⣀⡠⠤⠒⠒⠊⠉⠉⠉⠉⠒⠒⠢⠤⣀  used 273m  ···requests 600m  ↑limits 3
		     │                ⠈⠁                 600m ┤⠁⠁⠁ ⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁ ⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁ ⠁⠁⠁
		     │                                        │⢀⣀⣀⡠⠤⠤⠤⢄⣀⣀⡀         ⢀⣀⣀⣀⠤⠤⠤⢄⣀⣀⣀
		 0/s ┤                                        │⠁         ⠈⠉⠉⠑⠒⠒⠒⠒⠉⠉⠁          ⠉⠉
		     └─────────────────────────────────     0 ┤
		      60m ago      30m ago          now       └─────────────────────────────────
		                                               60m ago      30m ago          now

		! Memory of limit                        Restarts: 0
		…x7k2p 89.5 %  …bb9qq 49.5 %  +2         none in 60m
		100 % ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠤⠤
		      │⢀⣀⣀⣀⣀⣀⣀⣀⣀⣀          ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
		      │⠁         ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉          ⠉⠉
		  0 % ┤
		      └────────────────────────────────
		       60m ago      30m ago         now

		Left out
		  Network: there is no container_network_receive_bytes_total of the kubelets"
	`);
});

test('a dashboard at 40 columns has them below each other', () => {
	expect(textAt(40)).toMatchInlineSnapshot(`
		"Deployment shop/web in test: the last
		60m, a point each 60s; this version
		began 20m ago
		By Prometheus at test, read 5s ago

		Requests: 64.6/s
		80/s ┤⠤⠒⠒⠉⠉⠉⠉⠉⠒⠒⠤⠄      ⣀⣀⠤⠤⠒⠒⠉⠉⠉⠉⠉⠒⠒⠤⠤⣀
		     │                 ⠉
		     │
		 0/s ┤
		     └──────────────────────────────────
		      60m ago       30m ago          now

		CPU
		used 273m  ···requests 600m  ↑limits 3
		600m ┤⠁⠁⠁⠁⠁⠁⠁ ⠁⠁⠁⠁ ⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁ ⠁⠁
		     │⢀⣀⣀⡠⠤⠤⠤⠤⣀⣀⡀          ⣀⣀⣀⡠⠤⠤⠤⢄⣀⣀⣀
		     │⠁         ⠈⠉⠉⠉⠒⠒⠒⠒⠊⠉⠉           ⠉⠉
		   0 ┤
		     └──────────────────────────────────
		      60m ago       30m ago          now

		! Memory of limit
		…x7k2p 89.5 %  …bb9qq 49.5 %  +2
		100 % ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠢⠤⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠤⠤
		      │⢀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡀         ⢀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
		      │⠁         ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁          ⠉⠉
		  0 % ┤
		      └─────────────────────────────────
		       60m ago      30m ago          now

		Restarts: 0
		none in 60m

		Left out
		  Network: there is no
		  container_network_receive_bytes_total
		  of the kubelets"
	`);
});

test.each([20, 40, 60, 79, 80, 200])('no line is wider than %i columns', width => {
	for (const line of dashboardLines({...sampleDashboard, trouble: 'Prometheus did not answer'}, width, nowMs))
		expect(lineWidth(line)).toBeLessThanOrEqual(width);
});

test('numbers that are older than they should be are said to be', () => {
	expect(textAt(80, {...sampleDashboard, trouble: 'It did not answer'})).toContain('! Not read since: It did not answer');
});

const panel = (...values: readonly [number | null, boolean?][]): PanelPicture => ({
	...{name: 'p', title: 'P', section: 'S', unit: 'number', about: '', leftOut: 0, thresholds: []},
	series: values.map(([now, isBound = false], at) => ({legend: `s${at}`, isBound, now, mean: now ?? 0, most: now ?? 0, values: [now]})),
});

test.each([
	[[0.1, 0.2], 'well'],
	[[0.1, 0.9], 'warn'],
	[[0.97, 0.1], 'bad'],
	[[null], 'well'],
] as const)('the newest numbers %j are %s', (now, level) => {
	const thresholds = [
		{at: 0.85, level: 'warn'},
		{at: 0.95, level: 'bad'},
	] as const;
	expect(panelLevel({...panel(...now.map((value): [number | null] => [value])), thresholds})).toBe(level);
});

test('a limit alone is never a reason to worry', () => {
	expect(panelLevel({...panel([0.1], [2, true]), thresholds: [{at: 1, level: 'bad'}]})).toBe('well');
});

test('a bound far above the curves is named and not drawn', () => {
	const {near, far} = boundsOfPanel(panel([1], [2, true], [10, true]));
	expect([near, far].map(list => list.map(({most}) => most))).toEqual([[2], [10]]);
});

test.each([
	[
		['web-5d4f-x7k2p', 'web-5d4f-bb9qq'],
		['…x7k2p', '…bb9qq'],
	],
	[['web-5d4f-x7k2p'], ['web-5d4f-x7k2p']],
	[
		['node-1', 'node-2'],
		['node-1', 'node-2'],
	],
	[
		['p50', 'p99'],
		['p50', 'p99'],
	],
])('legends %j are told as %j', (legends, short) => {
	const series = legends.map(legend => ({legend, isBound: false, now: 1, mean: 1, most: 1, values: [1]}));
	expect(shortLegends({series})).toEqual(short);
});
