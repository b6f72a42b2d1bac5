import {apiBudget} from './catalogue/api-budget.ts';
import {apiServer} from './catalogue/api-server.ts';
import {apps} from './catalogue/apps.ts';
import type {AreaOf, CatalogueAlert} from './catalogue/area.ts';
import {autoscalers, jobs} from './catalogue/jobs.ts';
import {kubelet} from './catalogue/kubelet.ts';
import {nodes} from './catalogue/nodes.ts';
import {owners} from './catalogue/owners.ts';
import {resources} from './catalogue/resources.ts';
import {scheduler} from './catalogue/scheduler.ts';
import {type AlertChange, type CatalogueSettings, usualSettings} from './catalogue/settings.ts';
import {targets} from './catalogue/targets.ts';
import {usage} from './catalogue/usage.ts';
import {volumes} from './catalogue/volumes.ts';
import type {AlertingRule, RuleGroup} from './rule.ts';

const areas: readonly AreaOf[] = [
	apps,
	jobs,
	autoscalers,
	nodes,
	kubelet,
	targets,
	apiServer,
	apiBudget,
	scheduler,
	resources,
	volumes,
	owners,
	usage,
];

/** The alerts of the catalogue by area, before the changes of a cluster: what its page tells. */
export const catalogueAreas = (settings: CatalogueSettings = usualSettings) => areas.map(area => area(settings));

/**
 * Rules for what goes wrong in any cluster, as groups: one for each area, its recordings before its alerts. Names of alerts and recordings are those of kubernetes-mixin where it
 * has one for the same thing, so that dashboards and runbooks go on to fit; conditions and words are our own.
 * @throws RangeError where a change names an alert that there is not
 */
export function alertCatalogue(settings: CatalogueSettings = usualSettings): readonly RuleGroup[] {
	const known = catalogueAreas(settings);
	const names = new Set(known.flatMap(({alerts}) => alerts.flatMap(alert => [alert.name, exactName(alert)])));
	const unknown = Object.keys(settings.alerts).find(name => !names.has(name));
	if (unknown !== undefined) throw new RangeError(`there is no alert ${unknown} in the catalogue`);
	return known.map(({name, recordings = [], alerts}) => ({
		name,
		rules: [
			...recordings,
			...alerts.flatMap(alert => {
				const change = {...settings.alerts[alert.name], ...settings.alerts[exactName(alert)]};
				return change.isOff ? [] : [ruleOf(alert, change, settings)];
			}),
		],
	}));
}

const exactName = ({name, severity}: CatalogueAlert) => `${name}:${severity}`;

function ruleOf(alert: CatalogueAlert, change: AlertChange, {runbooks}: CatalogueSettings): AlertingRule {
	const held = change.for ?? alert.for;
	return {
		alert: alert.name,
		expr: alert.expr(change.threshold ?? alert.threshold ?? 0),
		...(held === undefined ? {} : {for: held}),
		labels: {severity: change.severity ?? alert.severity, ...alert.labels},
		annotations: {
			summary: alert.summary,
			description: alert.description,
			runbook_url: `${runbooks}#${alert.name.toLowerCase()}`,
		},
	};
}
