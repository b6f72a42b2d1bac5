import {durationMs} from '../promql/duration-ms.ts';
import {type AlertingRule, isAlerting, type Labels, type RecordingRule, type RuleGroup} from '../rule.ts';

/** Where rules of Grafana live, and the data source that they ask. Recordings are written to `recordTo`. */
export type GrafanaPlace = {
	readonly folderUid: string;
	readonly datasourceUid: string;
	readonly recordTo?: string;
	readonly intervalSeconds?: number;
};

/**
 * A group of rules as Grafana's provisioning API takes it (`PUT /api/v1/provisioning/folder/FOLDER/rule-groups/GROUP`).
 * Prometheus fires for every sample that an expression leaves, also for a 0 or NaN, Grafana for a number above 0: between them stands the expression that Grafana's
 * own import of Prometheus rules uses. Nothing left is nothing wrong, as in Prometheus.
 * @throws RangeError for a group with recordings where no place to write them is named
 * @see https://grafana.com/docs/grafana/latest/developers/http_api/alerting_provisioning/
 */
export function grafanaRuleGroup(group: RuleGroup, place: GrafanaPlace) {
	const interval = place.intervalSeconds ?? (durationMs(group.interval ?? '1m') ?? 60_000) / 1000;
	const titles = titlesOf(group);
	return {
		title: group.name,
		folderUid: place.folderUid,
		interval,
		rules: group.rules.map((rule, index) => ({
			...{title: titles[index] ?? '', folderUID: place.folderUid, ruleGroup: group.name, isPaused: false},
			...(isAlerting(rule) ? alertParts(rule, place) : recordParts(rule, place)),
		})),
	};
}

/** A title occurs once in a folder, while Prometheus tells alerts of one name apart by their labels. */
function titlesOf({rules}: RuleGroup): readonly string[] {
	const names = rules.map(rule => (isAlerting(rule) ? rule.alert : rule.record));
	return rules.map((rule, index) => {
		const name = names[index] ?? '';
		const isAlone = names.filter(other => other === name).length === 1;
		return isAlone ? name : `${name} (${Object.values(rule.labels ?? {}).join(', ') || 'others'})`;
	});
}

const ids = {query: 'query', isThere: 'prometheus_math', fires: 'threshold'};

const queryPart = (expr: string, {datasourceUid}: GrafanaPlace) => ({
	refId: ids.query,
	datasourceUid,
	relativeTimeRange: {from: 600, to: 0},
	model: {refId: ids.query, expr, instant: true, range: false, datasource: {type: 'prometheus', uid: datasourceUid}},
});

const expressionPart = (refId: string, model: object) => ({
	refId,
	datasourceUid: '__expr__',
	relativeTimeRange: {from: 0, to: 0},
	model: {refId, datasource: {type: '__expr__', uid: '__expr__'}, ...model},
});

const alertParts = (rule: AlertingRule, place: GrafanaPlace) => ({
	condition: ids.fires,
	data: [
		queryPart(rule.expr, place),
		expressionPart(ids.isThere, {
			type: 'math',
			expression: `is_number($${ids.query}) || is_nan($${ids.query}) || is_inf($${ids.query})`,
		}),
		expressionPart(ids.fires, {
			type: 'threshold',
			expression: ids.isThere,
			conditions: [{evaluator: {type: 'gt', params: [0]}}],
		}),
	],
	noDataState: 'OK',
	execErrState: 'Error',
	for: rule.for ?? '0s',
	keep_firing_for: rule.keep_firing_for ?? '0s',
	labels: rule.labels,
	annotations: mapped(rule.annotations),
});

function recordParts({record, expr, labels = {}}: RecordingRule, place: GrafanaPlace) {
	if (place.recordTo === undefined) throw new RangeError(`there is no data source named to write ${record} to`);
	return {
		...{data: [queryPart(expr, place)], labels},
		record: {metric: record, from: ids.query, target_datasource_uid: place.recordTo},
	};
}

/** In Grafana `$value` is a text about all parts of a rule; the number is that of the query. */
const mapped = (annotations: Labels): Labels =>
	Object.fromEntries(Object.entries(annotations).map(([name, text]) => [name, text.replace(/\$value\b/g, `$values.${ids.query}.Value`)]));
