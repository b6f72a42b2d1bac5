import {stringify} from 'yaml';
import {alertmanagerConfig} from '../../../../analysis/alert-rules/documents/alertmanager-config.ts';
import {grafanaRuleGroup} from '../../../../analysis/alert-rules/documents/grafana-rule-group.ts';
import {prometheusRule, ruleFile} from '../../../../analysis/alert-rules/documents/prometheus-rule.ts';
import type {Unchecked} from '../../../../core/unchecked.ts';
import type {MonitoringPorts} from '../../ports.ts';
import {choosePlace} from '../place/choose-place.ts';
import {demandAlertsAlone, prometheusOf} from '../place/grafana-source.ts';
import type {Design} from './make-design.ts';

/** What a design can be written as. */
export const documentFormats = ['prometheus-rule', 'rule-file', 'grafana', 'alertmanager', 'unit-test'] as const;
type DocumentFormat = (typeof documentFormats)[number];

type Written = {readonly text: string; readonly notChecked: readonly Unchecked[]};

type Wanted = {readonly format: DocumentFormat; readonly namespace: string | undefined; readonly folder: string | undefined};

/** A design as a file. Expressions stand on one line each, as they are searched for. */
export async function documentOf(design: Design, {format, namespace, folder}: Wanted, ports: MonitoringPorts): Promise<Written> {
	switch (format) {
		case 'rule-file':
			return written(ruleFile(design.groups));
		case 'unit-test':
			return written(design.tests);
		case 'alertmanager':
			return written(alertmanagerConfig({critical: 'critical', warning: 'warning'}));
		case 'prometheus-rule': {
			const place = await choosePlace(ports.cluster, namespace ?? ports.cluster.namespace);
			const notes = place.kind === 'found' ? place.notes : [{what: 'labels that a Prometheus looks for', why: place.why}];
			const where = place.kind === 'found' ? place : {namespace: namespace ?? ports.cluster.namespace, labels: {}};
			return written(prometheusRule({name: design.slug, namespace: where.namespace, labels: where.labels}, design.groups), notes);
		}
		case 'grafana':
			return grafanaDocument(design, folder, ports);
	}
}

const written = (document: unknown, notChecked: readonly Unchecked[] = []): Written => ({
	text: stringify(document, {lineWidth: 0}),
	notChecked,
});

async function grafanaDocument({groups, slug}: Design, folder: string | undefined, {monitoring}: MonitoringPorts): Promise<Written> {
	demandAlertsAlone(groups, 'Take --format rule-file, and let Prometheus evaluate these');
	const grafana = await monitoring.grafana();
	const source = grafana.port === undefined ? undefined : await prometheusOf(grafana.port);
	const why = grafana.port === undefined ? grafana.why : `${grafana.port.source} has no data source of the type prometheus`;
	return written(
		{
			apiVersion: 1,
			groups: groups.map(group => provisioned(group, {folderUid: folder ?? slug, datasourceUid: source?.uid ?? 'prometheus'})),
		},
		source === undefined ? [{what: 'the data source "prometheus" that the rules name', why}] : [],
	);
}

/** As files of Grafana's provisioning are written: the folder by its title. */
function provisioned(...[group, place]: Parameters<typeof grafanaRuleGroup>) {
	const {title, interval, rules} = grafanaRuleGroup(group, place);
	return {orgId: 1, name: title, folder: place.folderUid, interval: `${interval}s`, rules};
}
