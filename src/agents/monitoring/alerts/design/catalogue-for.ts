import {alertCatalogue} from '../../../../analysis/alert-rules/alert-catalogue.ts';
import {type CatalogueSettings, usualSettings} from '../../../../analysis/alert-rules/catalogue/settings.ts';
import type {Selector} from '../../../../analysis/alert-rules/promql/expression.ts';
import {isAlerting, type RuleGroup} from '../../../../analysis/alert-rules/rule.ts';
import {fits} from '../../../../analysis/alert-rules/unit-tests/real-series.ts';
import {nearestNames} from '../../../../core/text/nearest-names.ts';
import type {MetricsServer} from '../../../../mcp/monitoring/port.ts';
import {seenLately} from '../../../series/lately.ts';
import {selectorsOf} from './read-knowledge.ts';
import {refused} from './refused.ts';

type Job = Exclude<keyof CatalogueSettings['selectors'], 'claimsLeftOut'>;

/** A metric that only this part of a cluster tells. */
const telling: {readonly [job in Job]: string} = {
	kubeStateMetrics: 'kube_pod_status_phase',
	cadvisor: 'container_memory_working_set_bytes',
	kubelet: 'kubelet_node_name',
	nodeExporter: 'node_uname_info',
	apiServer: 'apiserver_request_total',
	scheduler: 'scheduler_pending_pods',
	controllerManager: 'node_collector_evictions_total',
	proxy: 'kubeproxy_sync_proxy_rules_duration_seconds_count',
};

const jobOf = (jobs: readonly string[]) => {
	const named = jobs.filter(job => job !== '').sort();
	if (named.length < jobs.length) return '';
	return named.length === 1 ? `job="${named[0]}"` : `job=~"${named.join('|')}"`;
};

/** The catalogue in the job names of this server: those of kube-prometheus where a part of the cluster tells nothing. */
async function settingsFor(metrics: MetricsServer, runbook: string | undefined): Promise<CatalogueSettings> {
	const rows = await metrics.query(`group by (__name__, job) (${seenLately(`{__name__=~"${Object.values(telling).join('|')}"}`)})`);
	const found = Object.entries(telling).flatMap(([part, metric]) => {
		const jobs = rows.filter(({labels}) => labels.__name__ === metric).map(({labels}) => labels.job ?? '');
		return jobs.length === 0 ? [] : [[part, jobOf(jobs)]];
	});
	return {
		...usualSettings,
		selectors: {...usualSettings.selectors, ...Object.fromEntries(found)},
		...(runbook === undefined ? {} : {runbooks: runbook}),
	};
}

/**
 * Alerts of the catalogue, with the recordings of their groups that they use.
 * @param names those that are wanted; where there are none, those for whose metrics the server has series
 * @throws MkcoaError `unknown-alert`, `nothing-measured`
 */
export async function catalogueFor(
	{alerts: names, runbook}: {readonly alerts: readonly string[]; readonly runbook?: string | undefined},
	metrics: MetricsServer,
): Promise<readonly RuleGroup[]> {
	const all = alertCatalogue(await settingsFor(metrics, runbook));
	const known = [...new Set(all.flatMap(({rules}) => rules.filter(isAlerting).map(({alert}) => alert)))];
	const unknown = names.find(name => !known.includes(name));
	if (unknown !== undefined)
		throw refused(
			'unknown-alert',
			`There is no alert ${unknown} in the catalogue`,
			`Take one of ${nearestNames(unknown, known).join(', ') || known.join(', ')}`,
		);
	const isWanted = names.length > 0 ? (alert: string) => names.includes(alert) : await measured(all, metrics);
	const groups = all.map(group => only(group, isWanted)).filter(({rules}) => rules.some(isAlerting));
	if (groups.length > 0) return groups;
	throw refused(
		'nothing-measured',
		`${metrics.source} has no numbers that an alert of the catalogue asks for`,
		'Let kube-state-metrics and the kubelets be scraped, or name alerts with --alerts',
	);
}

/** The alerts of a group that are wanted, and the recordings that they need, also through others. */
function only({rules, ...group}: RuleGroup, isWanted: (alert: string) => boolean): RuleGroup {
	const kept = rules.filter(rule => isAlerting(rule) && isWanted(rule.alert));
	const needed = new Set<string>();
	const add = (some: readonly {readonly expr: string}[]) => {
		for (const metric of some.flatMap(selectorsOf).flatMap(each => each.metric ?? [])) {
			if (needed.has(metric)) continue;
			needed.add(metric);
			add(rules.filter(rule => !isAlerting(rule) && rule.record === metric));
		}
	};
	add(kept);
	return {...group, rules: rules.filter(rule => (isAlerting(rule) ? kept.includes(rule) : needed.has(rule.record)))};
}

/** Which alerts have series for all that they ask, from the jobs that they ask, by their recordings as by themselves. */
async function measured(groups: readonly RuleGroup[], metrics: MetricsServer): Promise<(alert: string) => boolean> {
	const rules = groups.flatMap(group => group.rules);
	const recordings = rules.flatMap(rule => (isAlerting(rule) ? [] : [rule]));
	const asked = (expr: string): readonly Selector[] =>
		selectorsOf({expr}).flatMap(selector => {
			const from = recordings.filter(({record}) => record === selector.metric);
			return from.length === 0 ? [selector] : from.flatMap(recording => asked(recording.expr));
		});
	const needs = rules.filter(isAlerting).map(({alert, expr}) => ({alert, selectors: asked(expr)}));
	const names = [...new Set(needs.flatMap(({selectors}) => selectors.flatMap(({metric}) => metric ?? [])))];
	const rows = await metrics.query(`group by (__name__, job) (${seenLately(`{__name__=~"${names.join('|')}"}`)})`);
	const byName = Map.groupBy(rows, ({labels}) => labels.__name__ ?? '');
	const isThere = ({metric = '', matchers}: Selector) =>
		(byName.get(metric) ?? []).some(({labels}) => matchers.every(matcher => matcher.label !== 'job' || fits(matcher, labels.job ?? '')));
	const able = new Set(needs.filter(({selectors}) => selectors.every(isThere)).map(({alert}) => alert));
	return alert => able.has(alert);
}
