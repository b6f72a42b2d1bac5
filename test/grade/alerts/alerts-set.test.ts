import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {alertsSet} from './alerts-set.ts';
import {promtoolPath} from './promtool.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mkcoa-alerts-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const unitTests = `
rule_files: [../prometheus_alerts.yaml]
evaluation_interval: 1m
tests:
- interval: 1m
  name: a Job that failed
  input_series:
  - {series: 'kube_job_failed{job="kube-state-metrics",namespace="shop",job_name="mail"}', values: '1x20'}
  alert_rule_test:
  - {eval_time: 14m, alertname: KubeJobFailed}
  - eval_time: 15m
    alertname: KubeJobFailed
    exp_alerts:
    - exp_labels: {severity: warning, job: kube-state-metrics, namespace: shop, job_name: mail}
      exp_annotations: {summary: In the words of somebody else}
  - eval_time: 15m
    alertname: KubeJobNotCompleted
    exp_alerts: [{exp_labels: {severity: warning}}]
  - {eval_time: 16m, alertname: KubeJobFailed}
  promql_expr_test:
  - {eval_time: 5m, expr: 'sum(kube_job_failed)', exp_samples: [{labels: '{}', value: 1}]}
`;

const promtool = promtoolPath();
test.skipIf(promtool === undefined)('counts each check, tells alerts that should have fired apart, and leaves texts out', () => {
	writeFileSync(join(folder, 'jobs.yaml'), unitTests);
	writeFileSync(join(folder, 'no-tests.yaml'), 'rule_files: [a]');
	const grade = alertsSet(folder);
	expect(grade).toMatchObject({
		...{right: 3, total: 5, unsafe: 1},
		by: {
			kind: {fires: {right: 1, total: 2}, silent: {right: 1, total: 2}, recorded: {right: 1, total: 1}},
			file: {'jobs.yaml': {right: 3, total: 5}},
		},
	});
	expect(grade.misses.map(({expected}) => expected)).toEqual([
		'a Job that failed: KubeJobNotCompleted at 15m fires 1',
		'a Job that failed: KubeJobFailed at 16m silent',
	]);
});
