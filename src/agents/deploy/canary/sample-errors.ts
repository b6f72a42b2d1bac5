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

/** More names than this make a query longer than proxies take (8 KiB is usual): then their common beginning asks for them. */
const mostNames = 50;

/** Names are DNS labels; a dot is the only character with a meaning in a regular expression. */
const literal = (text: string) => text.replaceAll('.', '\\\\.');

const podPattern = (names: readonly string[]) =>
	names.length <= mostNames ? names.map(literal).join('|') : `${literal(commonBeginning(names))}.+`;

function commonBeginning(names: readonly string[]): string {
	const [first = '', last = ''] = [names.toSorted()[0], names.toSorted().at(-1)];
	const end = [...first].findIndex((letter, at) => letter !== last[at]);
	return end < 0 ? first : first.slice(0, end);
}

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
 * before was started anew and counts from zero. A stable pod of the first look counts from what it is first seen with, also where
 * the metrics server has its numbers only later: a life's errors are not those of one interval. Pods that came since count from zero,
 * as does a code that a known pod answers for the first time.
 */
export function errorSampler(metrics: Metrics, dialect: Dialect, namespace: string): (pods: PodNames) => Promise<ErrorCounts> {
	const seen = new Map<string, number>();
	const counted = new Set<string>();
	let old: ReadonlySet<string> | undefined;
	const growth = (pod: string, code: string, value: number) => {
		const key = `${pod} ${code}`;
		const isBaseline = !counted.has(pod) && old?.has(pod) !== false;
		const before = seen.get(key) ?? (isBaseline ? value : 0);
		seen.set(key, value);
		return value < before ? value : value - before;
	};
	return async ({canary, stable}) => {
		const names = [...canary, ...stable];
		const wanted = new Set(names);
		const samples = names.length === 0 ? [] : await metrics.query(countersOf(dialect, namespace, names));
		const grown = samples
			.filter(({labels, value}) => wanted.has(labels.pod ?? '') && Number.isFinite(value))
			.map(({labels: {pod = '', [dialect.code]: code = ''}, value}) => ({
				pod,
				failed: code.startsWith('5'),
				grown: growth(pod, code, value),
			}));
		for (const {pod} of grown) counted.add(pod);
		old ??= new Set(stable);
		return {canary: sumOf(grown, new Set(canary)), stable: sumOf(grown, new Set(stable))};
	};
}

function sumOf(grown: readonly {readonly pod: string; readonly failed: boolean; readonly grown: number}[], pods: ReadonlySet<string>) {
	const mine = grown.filter(({pod}) => pods.has(pod));
	const total = (rows: typeof mine) => rows.reduce((sum, row) => sum + row.grown, 0);
	return {requests: total(mine), errors: total(mine.filter(({failed}) => failed))};
}
