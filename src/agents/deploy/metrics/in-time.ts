import {type Clock, systemClock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {DeployPorts} from '../ports.ts';

/** Longer than a query about one workload takes, and half of what a Lease lasts: a look without numbers is better than none for minutes. */
const answerMs = 15_000;

/**
 * The same ports, whose every question about numbers ends in time: a server that hangs is one that does not answer, and no answer is never a pass.
 * @param wall the wall's clock: a server is not faster because a demonstration's clock is
 * @returns ports that reject with `metrics-unreachable` then
 */
export function inTime({cluster, metrics}: DeployPorts, wall: Clock = systemClock()): DeployPorts {
	const limited = <Answer>(whose: string, ask: () => Promise<Answer>): Promise<Answer> =>
		new Promise((resolve, reject) => {
			const stop = wall.schedule(answerMs, () => reject(late(whose)));
			ask().then(resolve, reject).finally(stop);
		});
	const limitedMetrics = (of: Metrics): Metrics => ({
		source: of.source,
		query: (...asked) => limited(of.source, () => of.query(...asked)),
		histograms: (...asked) => limited(of.source, () => of.histograms(...asked)),
		queryRange: (...asked) => limited(of.source, () => of.queryRange(...asked)),
		series: (...asked) => limited(of.source, () => of.series(...asked)),
	});
	return {
		cluster: {...cluster, raw: path => limited('The metrics API', () => cluster.raw(path))},
		async metrics() {
			const found = await limited('The metrics server', metrics);
			return found.metrics === undefined ? found : {metrics: limitedMetrics(found.metrics)};
		},
	};
}

const late = (whose: string) =>
	new MkcoaError({
		kind: 'environment',
		code: 'metrics-unreachable',
		what: `${whose} did not answer within ${answerMs / 1000} s`,
		next: 'Look whether it is overloaded, or judge by other metrics',
	});
