import type {ErrorCounts} from '../../../analysis/canary/error-evidence.ts';
import type {Metrics} from '../../../mcp/monitoring/port.ts';

/** Counters that tell failed requests from others, as the usual libraries and meshes name them. */
const dialects = [
	{counter: 'http_requests_total', code: 'code'},
	{counter: 'http_requests_total', code: 'status'},
	{counter: 'istio_requests_total', code: 'response_code'},
	{counter: 'http_server_request_duration_seconds_count', code: 'http_response_status_code'},
	{counter: 'http_server_requests_seconds_count', code: 'status'},
] as const;

type Dialect = (typeof dialects)[number];

/** Names are DNS labels; a dot is the only character with a meaning in a regular expression. */
const podPattern = (names: readonly string[]) => names.map(name => name.replaceAll('.', '\\\\.')).join('|');

const countersOf = ({counter, code}: Dialect, namespace: string, pods: readonly string[]) =>
	`sum by (pod, ${code}) (${counter}{namespace="${namespace}",pod=~"${podPattern(pods)}",${code}!=""})`;

/** The counter that this workload's pods are counted by; undefined when none has a sample of theirs. */
export async function errorCounter(metrics: Metrics, namespace: string, pods: readonly string[]): Promise<Dialect | undefined> {
	if (pods.length === 0) return undefined;
	for (const dialect of dialects) {
		if ((await metrics.query(countersOf(dialect, namespace, pods))).length > 0) return dialect;
	}
	return undefined;
}

export type PodNames = {readonly canary: readonly string[]; readonly stable: readonly string[]};

/**
 * Turns growing counters into the requests and errors of each interval between two looks. A counter that is smaller than
 * before was started anew and counts from zero. A pod that stands at the first look counts from there; series and pods
 * that appear later are new and count from zero.
 */
export function errorSampler(metrics: Metrics, dialect: Dialect, namespace: string): (pods: PodNames) => Promise<ErrorCounts> {
	const seen = new Map<string, number>();
	let looks = 0;
	const growth = (key: string, value: number) => {
		const before = seen.get(key) ?? (looks === 0 ? value : 0);
		seen.set(key, value);
		return value < before ? value : value - before;
	};
	return async ({canary, stable}) => {
		const names = [...canary, ...stable];
		const samples = names.length === 0 ? [] : await metrics.query(countersOf(dialect, namespace, names));
		const grown = samples.map(({labels: {pod = '', [dialect.code]: code = ''}, value}) => ({
			pod,
			failed: code.startsWith('5'),
			grown: growth(`${pod} ${code}`, value),
		}));
		looks++;
		return {canary: sumOf(grown, canary), stable: sumOf(grown, stable)};
	};
}

function sumOf(grown: readonly {readonly pod: string; readonly failed: boolean; readonly grown: number}[], pods: readonly string[]) {
	const mine = grown.filter(({pod}) => pods.includes(pod));
	const total = (rows: typeof mine) => rows.reduce((sum, row) => sum + row.grown, 0);
	return {requests: total(mine), errors: total(mine.filter(({failed}) => failed))};
}
