import type {PagePicture} from '../../src/agents/monitoring/dashboard/page/dashboard-page.ts';

const to = Date.UTC(2026, 0, 1, 12);
const moments = 61;
const wave = (base: number, swing: number) => Array.from({length: moments}, (_, at) => base + swing * Math.sin(at / 6));
const series = (legend: string, values: readonly (number | null)[], isBound = false) => {
	const present = values.filter(value => value !== null);
	return {
		...{legend, isBound, values, now: values.at(-1) ?? null, most: Math.max(...present)},
		mean: present.reduce((sum, value) => sum + value, 0) / present.length,
	};
};
const nothing = {thresholds: [], leftOut: 0, queries: ['up'], about: 'What it tells'} as const;

/** A dashboard with what pictures have to cope with: gaps, bounds near and far, counters that stand still, a threshold that is reached, many series. */
export const sampleDashboard: PagePicture = {
	...{title: 'Deployment shop/web', context: 'test', source: 'Prometheus at test', stepSeconds: 60},
	from: new Date(to - 3_600_000).toISOString(),
	to: new Date(to).toISOString(),
	readAt: new Date(to + 2000).toISOString(),
	rolledOutAt: new Date(to - 1_200_000).toISOString(),
	panels: [
		{
			...{...nothing, name: 'requests', title: 'Requests', section: 'Requests', unit: 'perSecond'},
			series: [
				series(
					'requests',
					wave(70, 10).map((value, at) => (at > 20 && at < 30 ? null : value)),
				),
			],
		},
		{
			...{...nothing, name: 'cpu', title: 'CPU', section: 'CPU', unit: 'cores'},
			series: [series('used', wave(0.3, 0.05)), series('requests', wave(0.6, 0), true), series('limits', wave(3, 0), true)],
		},
		{
			...{...nothing, name: 'memory-of-limit', title: 'Memory of limit', section: 'Memory', unit: 'ratio', leftOut: 2},
			thresholds: [
				{at: 0.85, level: 'warn'},
				{at: 0.95, level: 'bad'},
			],
			series: [series('web-5d4f-x7k2p', wave(0.9, 0.01)), series('web-5d4f-bb9qq', wave(0.5, 0.01))],
		},
		{
			...{...nothing, name: 'restarts', title: 'Restarts', section: 'Pods', unit: 'number'},
			series: [series('web-5d4f-x7k2p', wave(0, 0))],
		},
	],
	leftOut: [{what: 'Network', why: 'there is no container_network_receive_bytes_total of the kubelets'}],
};
