import type {ExpressionIntent, Intent} from '../../../../analysis/alert-rules/intents/intent.ts';
import {parsePromql} from '../../../../analysis/alert-rules/promql/parse-promql.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import type {Metrics} from '../../../../mcp/monitoring/port.ts';
import {readSubject} from '../../metrics/subject.ts';
import type {DesignInput} from './design-input.ts';
import {type Naming, namingOf} from './naming.ts';
import {refused} from './refused.ts';
import {requestIntent} from './request-intents.ts';
import {absenceIntent, exhaustionIntent, restartsIntent, saturationIntent} from './use-intents.ts';

/** An intent, and how what is made of it is named. */
export type Intended = {readonly intent: Intent; readonly naming: Naming};

/**
 * What a person wants to be told of, in the names of the series that the cluster has.
 * @throws MkcoaError where something is missing: a target, a query, numbers of it
 */
export async function intentOf(
	asked: DesignInput,
	{cluster, metrics}: {readonly cluster: Cluster; readonly metrics: Metrics},
): Promise<Intended> {
	if (asked.kind === 'query') return {intent: queryIntent(asked), naming: namingOf(undefined, asked)};
	if (asked.kind === 'catalogue') throw new Error('the catalogue is no intent');
	if (asked.target === undefined)
		throw refused('no-target', `Alerts about ${asked.kind} need a workload`, `Name one: mkcoa monitor rules ${asked.kind} web -n shop`);
	const subject = await readSubject(cluster, asked);
	if (subject.kind === 'nodes')
		throw refused('no-workload', 'A node is no workload', 'For nodes take those of the catalogue: mkcoa monitor rules catalogue');
	const asking = {metrics, subject, asked, naming: namingOf(subject.ref, asked)};
	return {intent: await intentFor(asked.kind, asking), naming: asking.naming};
}

async function intentFor(
	kind: Exclude<DesignInput['kind'], 'query' | 'catalogue'>,
	asking: Parameters<typeof saturationIntent>[0],
): Promise<Intent> {
	switch (kind) {
		case 'errors':
		case 'latency':
		case 'slo':
			return requestIntent(kind, asking);
		case 'saturation':
			return saturationIntent(asking);
		case 'restarts':
			return restartsIntent(asking);
		case 'absence':
			return absenceIntent(asking);
		case 'exhaustion':
			return exhaustionIntent(asking);
	}
}

function queryIntent(asked: DesignInput): Intent {
	const {query, above, below} = asked;
	if (query === undefined) throw refused('no-query', 'There is no query', "Give PromQL with --query '…', and --above or --below");
	const common = {...namingOf(undefined, asked).common(''), kind: 'expression'} as const;
	const within = above === undefined && below === undefined ? comparedWithin(query) : undefined;
	if (within !== undefined) return {...common, ...within};
	if ((above === undefined) === (below === undefined))
		throw refused('no-threshold', 'A query needs one value to be compared with', 'Give --above VALUE or --below VALUE');
	return {...common, expr: query, ...(above === undefined ? {compare: '<', threshold: below ?? 0} : {compare: '>', threshold: above})};
}

/** A query that says itself what it is compared with, as `up < 1` does; undefined where it does not. */
function comparedWithin(query: string): Pick<ExpressionIntent, 'expr' | 'compare' | 'threshold'> | undefined {
	const read = parsePromql(query);
	if (read.kind !== 'binary' || read.isBool || !/^[<>]=?$/.test(read.op) || read.right.kind !== 'number') return undefined;
	const {from, to} = read.left.at;
	return {expr: query.slice(from, to), compare: read.op as ExpressionIntent['compare'], threshold: read.right.value};
}
