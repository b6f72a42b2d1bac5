import {expect, test} from 'vitest';
import {alertCatalogue} from '../../../src/analysis/alert-rules/alert-catalogue.ts';
import {type CatalogueSettings, usualSettings} from '../../../src/analysis/alert-rules/catalogue/settings.ts';
import {isAlerting} from '../../../src/analysis/alert-rules/rule.ts';
import {promtoolComplaint, promtoolPath} from '../../grade/alerts/promtool.ts';

const withSettings = (more: Partial<CatalogueSettings>) => alertCatalogue({...usualSettings, ...more});
const alerts = (more: Partial<CatalogueSettings> = {}) => withSettings(more).flatMap(({rules}) => rules.filter(isAlerting));
const named = (name: string, more: Partial<CatalogueSettings> = {}) => alerts(more).filter(({alert}) => alert === name);

test('changes threshold, time and severity of an alert, of one of its severities, or leaves it out', () => {
	const changed = {KubeJobNotCompleted: {threshold: 60, for: '1m', severity: 'critical'}} as const;
	expect(named('KubeJobNotCompleted', {alerts: changed})).toMatchObject([
		{expr: expect.stringMatching(/> 60$/), for: '1m', labels: {severity: 'critical'}},
	]);
	const warning = {'KubePersistentVolumeFillingUp:warning': {isOff: true}};
	expect(named('KubePersistentVolumeFillingUp', {alerts: warning}).map(({labels}) => labels.severity)).toEqual(['critical']);
	expect(named('KubeHpaMaxedOut', {alerts: {KubeHpaMaxedOut: {isOff: true}}})).toEqual([]);
	expect(() => withSettings({alerts: {KubeNothing: {isOff: true}}})).toThrow('there is no alert KubeNothing in the catalogue');
});

test('asks the jobs and the cluster label that are named', () => {
	const all = JSON.stringify(
		withSettings({clusterLabel: 'k8s_cluster', selectors: {...usualSettings.selectors, kubeStateMetrics: 'app="ksm"', kubelet: ''}}),
	);
	expect(all).toContain('by (k8s_cluster, ');
	expect(all).not.toMatch(/\bcluster,/);
	expect(all).not.toContain('kube-state-metrics');
	expect(all).toContain('kubelet_evictions[15m]');
});

test('sums over a cluster carry no label, or the label of each of several clusters', () => {
	expect(named('KubeCPUOvercommit')[0]?.expr).toContain('sum (namespace_cpu');
	expect(named('KubeCPUOvercommit', {isMultiCluster: true})[0]?.expr).toContain('sum by (cluster) (namespace_cpu');
});

test('every alert says what it is, how grave, and where to read on', () => {
	for (const {alert, labels, annotations} of alerts()) {
		expect(['critical', 'warning', 'info']).toContain(labels.severity);
		expect(annotations.summary?.length).toBeGreaterThan(10);
		expect(annotations.description?.length).toBeGreaterThan(20);
		expect(annotations.runbook_url).toBe(`docs/alert-rules.md#${alert.toLowerCase()}`);
	}
});

const promtool = promtoolPath();
test.skipIf(promtool === undefined).each([
	['usual', {}],
	['of several clusters', {isMultiCluster: true, clusterLabel: 'k8s_cluster'}],
	['without jobs', {selectors: {...usualSettings.selectors, kubelet: '', kubeStateMetrics: '', apiServer: ''}}],
])('promtool is content with the catalogue, %s', (_what, more) => {
	expect(promtoolComplaint(promtool ?? '', withSettings(more))).toBeUndefined();
});
