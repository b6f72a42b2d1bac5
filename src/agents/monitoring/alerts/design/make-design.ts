import type {Intent} from '../../../../analysis/alert-rules/intents/intent.ts';
import {possibleBurns, rulesFor} from '../../../../analysis/alert-rules/intents/rules-for.ts';
import type {LintFinding} from '../../../../analysis/alert-rules/lints/lint.ts';
import {lintRules} from '../../../../analysis/alert-rules/lints/lint-rules.ts';
import {PromqlError} from '../../../../analysis/alert-rules/promql/parse-promql.ts';
import {isAlerting, type RuleGroup} from '../../../../analysis/alert-rules/rule.ts';
import {type AlreadyThere, alreadyThere} from '../../../../analysis/alert-rules/same-condition.ts';
import type {RealSeries} from '../../../../analysis/alert-rules/unit-tests/real-series.ts';
import {testsFor} from '../../../../analysis/alert-rules/unit-tests/tests-for.ts';
import {testsOfRule} from '../../../../analysis/alert-rules/unit-tests/tests-of-rule.ts';
import type {UnitTest, UnitTests} from '../../../../analysis/alert-rules/unit-tests/unit-test.ts';
import {burnRules} from '../../../../analysis/reliability/burn-rate.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {Context} from '../../../../core/tool.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import {demandMetrics} from '../../../../mcp/monitoring/demand-server.ts';
import type {MetricsServer, Rule} from '../../../../mcp/monitoring/port.ts';
import {durationOf} from '../../duration-of.ts';
import {chooseSampling} from '../../metrics/choose-step.ts';
import type {MonitoringPorts} from '../../ports.ts';
import {catalogueFor} from './catalogue-for.ts';
import type {DesignInput} from './design-input.ts';
import {intentOf} from './intent-of.ts';
import {readKnowledge} from './read-knowledge.ts';
import {refused} from './refused.ts';
import {type Replayed, replayNoise} from './replay-noise.ts';

/** Rules, and all that is known of them before anybody is woken. */
export type Design = {
	readonly source: string;
	/** Of files and objects, such as `shop-web-errors`. */
	readonly slug: string;
	/** What they are about, for people. */
	readonly of: string;
	readonly groups: readonly RuleGroup[];
	readonly tests: UnitTests;
	readonly lints: readonly LintFinding[];
	readonly there: readonly AlreadyThere[];
	readonly replayed: readonly Replayed[];
	readonly notChecked: readonly Unchecked[];
};

/** How often servers evaluate rules where they do not say. */
const usualEvaluationMs = 60_000;

/** The file that the rules of a design stand in, beside its tests. */
const rulesFile = 'rules.yaml';

type Made = {
	readonly slug: string;
	readonly of: string;
	readonly groups: readonly RuleGroup[];
	readonly intent?: Intent;
};

/**
 * Makes rules of what a person wants to be told of, and looks at them with what the server knows: lints, tests of the cluster's own series, rules that say the
 * same already, and how often they would have fired. Only reads.
 * @param isOwn whether a file of the server holds what a design of this slug wrote earlier
 * @throws MkcoaError where something is missing that rules could be made of
 */
export async function makeDesign(
	asked: DesignInput,
	{ports, emit, signal}: Context<MonitoringPorts>,
	isOwn: (file: string, slug: string) => boolean = () => false,
): Promise<Design> {
	const metrics = await demandMetrics(ports.monitoring);
	emit({kind: 'progress', text: `Asking ${metrics.source} what it knows`});
	const made = await rulesOf(asked, ports, metrics);
	const [{scrapeMs}, loaded] = await Promise.all([chooseSampling(metrics, 3_600_000), loadedRules(metrics)]);
	const evaluationMs = evaluationOf(loaded.rules);
	const {knowledge, series, notChecked} = await readKnowledge(made.groups, {metrics, scrapeMs, evaluationMs});
	const {tests, untested} = testsOf(made, series);
	emit({kind: 'progress', text: `Replaying the last ${asked.since}`});
	const noise = await replayNoise(made.groups, {metrics, sinceMs: durationOf(asked.since), evaluationMs, signal});
	return {
		...{source: metrics.source, slug: made.slug, of: made.of, groups: made.groups},
		tests: {rule_files: [rulesFile], evaluation_interval: '1m', tests},
		lints: lintRules(made.groups, knowledge),
		there: alreadyThere(
			made.groups,
			loaded.rules.filter(({kind, file}) => kind === 'alerting' && !isOwn(file, made.slug)),
		),
		replayed: noise.replayed,
		notChecked: [...notChecked, ...loaded.notChecked, ...impossibleBurns(made), ...untested, ...noise.notChecked],
	};
}

async function rulesOf(asked: DesignInput, ports: MonitoringPorts, metrics: MetricsServer): Promise<Made> {
	if (asked.kind === 'catalogue') {
		const groups = await catalogueFor(asked, metrics);
		return {slug: 'mkcoa-catalogue', of: 'the cluster', groups};
	}
	try {
		const {intent, naming} = await intentOf(asked, {cluster: ports.cluster, metrics});
		return {
			slug: `${naming.slug}-${asked.name?.toLowerCase().replaceAll('_', '-') ?? asked.kind}`,
			of: naming.of,
			groups: [rulesFor(intent)],
			intent,
		};
	} catch (error) {
		if (error instanceof PromqlError)
			throw refused('bad-promql', `The query ${error.message}`, 'Correct it there; mkcoa observe query tries a query', asked.query);
		if (!(error instanceof RangeError)) throw error;
		throw refused('bad-intent', 'No rule can be made of that', 'Correct the values that were given', error.message);
	}
}

/** Windows of an objective over which nothing could burn so fast. */
function impossibleBurns({intent}: Made): readonly Unchecked[] {
	if (intent?.kind !== 'burn') return [];
	const possible = possibleBurns(intent.objective).map(({rule}) => rule);
	const missing = burnRules.filter(rule => !possible.includes(rule)).map(({long}) => long);
	if (missing.length === 0) return [];
	const why = `of an objective of ${Number((100 * intent.objective.objective).toPrecision(12))} % no share of failures uses the budget up so fast`;
	return [{what: `alerts over ${missing.join(', ')}`, why}];
}

/** How often most of the loaded rules are evaluated. */
function evaluationOf(rules: readonly Rule[]): number {
	const seconds = rules
		.map(({intervalSeconds}) => intervalSeconds)
		.filter(each => each > 0)
		.sort((a, b) => a - b);
	return (seconds[Math.floor(seconds.length / 2)] ?? usualEvaluationMs / 1000) * 1000;
}

async function loadedRules(metrics: MetricsServer): Promise<{readonly rules: readonly Rule[]; readonly notChecked: readonly Unchecked[]}> {
	try {
		return {rules: await metrics.rules(), notChecked: []};
	} catch (error) {
		if (!(error instanceof MkcoaError)) throw error;
		return {rules: [], notChecked: [{what: 'rules that say the same already', why: error.trouble.why ?? error.trouble.what}]};
	}
}

/** Tests of the cluster's own series, and the alerts that none could be made for. */
function testsOf({groups, intent}: Made, series: readonly RealSeries[]) {
	const tests: UnitTest[] = [];
	const untested: Unchecked[] = [];
	const attempt = (what: string, make: () => readonly UnitTest[]) => {
		try {
			tests.push(...make());
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			untested.push({what: `unit tests of ${what}`, why: error.message});
		}
	};
	if (intent !== undefined) attempt(intent.name, () => testsFor(intent, series, rulesFile).tests);
	else for (const rule of groups.flatMap(({rules}) => rules.filter(isAlerting))) attempt(rule.alert, () => testsOfRule(rule, series));
	return {tests, untested};
}
