import {courseOf} from '../../../analysis/bottleneck/course.ts';
import type {DependencyFacts} from '../../../analysis/bottleneck/facts.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';
import {seenLately} from '../../series/lately.ts';
import {podPattern} from '../../series/pod-pattern.ts';
import type {Sampling} from '../metrics/choose-step.ts';
import {curveOf} from '../metrics/curve.ts';
import type {Subject} from '../metrics/subject.ts';

type Pods = Extract<Subject, {kind: 'pods'}>;

/** How long a program or its mesh waited for those that it asks: `peer` is the label that names them, `unit` seconds in one unit of the bounds. */
const histograms = [
	{name: 'istio_request_duration_milliseconds', unit: 0.001, peer: 'destination_service_name', needs: {reporter: 'source'}},
	{name: 'response_latency_ms', unit: 0.001, peer: 'dst_service', needs: {direction: 'outbound'}},
	{name: 'http_client_request_duration_seconds', unit: 1, peer: 'server_address', needs: {}},
	{name: 'http_client_requests_seconds', unit: 1, peer: 'client_name', needs: {}},
	{name: 'http_client_duration_milliseconds', unit: 0.001, peer: 'net_peer_name', needs: {}},
	{name: 'grpc_client_handling_seconds', unit: 1, peer: 'grpc_service', needs: {}},
] as const;

const matchersOf = (needs: {readonly [label: string]: string}) =>
	Object.entries(needs)
		.map(([label, value]) => `,${label}="${value}"`)
		.join('');

/** More are seldom asked, and seldom slow all at once. */
const mostPeers = 20;

export type Outgoing = {readonly dependencies: readonly DependencyFacts[]; readonly queries: readonly string[]};

/** Those that pods ask, as they measure it themselves; undefined where they measure nothing of it. */
export async function outgoing(metrics: Metrics, {namespace, names}: Pods, {range, window}: Sampling): Promise<Outgoing | undefined> {
	const pods = `namespace="${namespace}",pod=~"${podPattern(names)}"`;
	const known = histograms.map(({name}) => `${name}_bucket`).join('|');
	const rows = await metrics.query(`group by (__name__, reporter, direction) (${seenLately(`{__name__=~"${known}",${pods}}`)})`);
	const found = histograms.filter(({name, needs}) =>
		rows.some(
			({labels}) => labels.__name__ === `${name}_bucket` && Object.entries(needs).every(([label, value]) => labels[label] === value),
		),
	);
	if (found.length === 0) return undefined;
	const asked = found.map(({name, unit, peer, needs}) => ({
		...{peer, unit},
		query: `histogram_quantile(0.95, sum by (le, ${peer}) (rate(${name}_bucket{${pods}${matchersOf(needs)}}[${window}])))`,
	}));
	const answers = await Promise.all(asked.map(({query}) => metrics.queryRange(query, range)));
	const dependencies = answers.flatMap((series, index): readonly DependencyFacts[] => {
		const {peer = '', unit = 1} = asked[index] ?? {};
		return series.slice(0, mostPeers).flatMap((one): readonly DependencyFacts[] => {
			const {values} = curveOf(one, range);
			const latency = courseOf(
				values.map(value => (value === null ? null : value * unit)),
				range,
			);
			const name = one.labels[peer] ?? '';
			return latency === undefined || name === '' ? [] : [{name, seenBy: 'caller', latency}];
		});
	});
	return {dependencies, queries: asked.map(({query}) => query)};
}
