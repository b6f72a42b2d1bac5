import {join} from 'node:path';
import {actionsSet} from './actions/actions-set.ts';
import {alertsSet} from './alerts/alerts-set.ts';
import {anomaliesSet, ownAnomaliesSet} from './anomalies/anomalies-set.ts';
import {quietSet} from './anomalies/quiet-set.ts';
import {auditSet} from './audit/audit-set.ts';
import {canarySet} from './canary/canary-set.ts';
import {faultsSet} from './faults/faults-set.ts';
import {forecastSet, ownForecastSet} from './forecast/forecast-set.ts';
import type {GradeSet} from './grade-set.ts';
import {healthSet} from './health/health-set.ts';
import {kyvernoSet} from './kyverno/kyverno-set.ts';
import {logsSet, ownLogsSet} from './logs/logs-set.ts';
import {misconfigSet} from './misconfig/misconfig-set.ts';
import {polarisSet} from './polaris/polaris-set.ts';
import {pssSet} from './pss/pss-set.ts';
import {rbacSet} from './rbac/rbac-set.ts';
import {replicasSet} from './replicas/replicas-set.ts';
import {requestsSet} from './requests/requests-set.ts';
import {versionsSet} from './versions/versions-set.ts';

/** `holds`: the files of its cases, for whoever names a folder without. `home`: the folder of its data where they are the project's own. */
type NamedSet = {readonly folder: string; readonly holds: string; readonly grade: GradeSet; readonly home?: string};

const faultFiles = 'folders with base.yaml, inject.yaml and expect.json';

/** The sets by name. A set's folder under `data/` has the same name; one that shares a folder with others is named there. */
export const gradeSets: {readonly [name: string]: NamedSet} = {
	actions: {folder: 'actions', holds: 'index.json of {actions, discovery}', grade: actionsSet},
	anomalies: {folder: 'nab', holds: 'data/, labels/ and config/ in the format of the Numenta Anomaly Benchmark', grade: anomaliesSet},
	'anomalies-own': {folder: 'anomalies-own', holds: 'nothing: its series are made', grade: ownAnomaliesSet, home: import.meta.dirname},
	'anomalies-quiet': {folder: 'anomalies-quiet', holds: 'nothing: its series are made', grade: quietSet, home: import.meta.dirname},
	alerts: {folder: 'alert-rules', holds: 'unit tests of promtool, files of {rule_files, tests}', grade: alertsSet},
	audit: {folder: 'audit-log', holds: 'index.json of [{case, trace, detect, counts}], rules.json and traces', grade: auditSet},
	canary: {folder: 'canary', holds: 'kayenta-classifier.json or kayenta-statistics.json', grade: canarySet},
	// Their writers know no kubelet: every pod is ready.
	faults: {folder: 'faults', holds: faultFiles, grade: faultsSet('all ready')},
	'faults-own': {folder: 'faults', holds: faultFiles, grade: faultsSet('by their tags'), home: join(import.meta.dirname, 'data')},
	forecast: {folder: 'm4', holds: 'NAME-train.csv and NAME-test.csv, NAME such as hourly or weekly', grade: forecastSet},
	'forecast-own': {folder: 'forecast-own', holds: 'nothing: its series are made', grade: ownForecastSet, home: import.meta.dirname},
	health: {folder: 'health', holds: 'index.json of [{kind, input, status, message}]', grade: healthSet},
	kyverno: {
		...{folder: 'kyverno-pod-security', holds: 'index.json of [{policy, rule, file, kind, name, expect}]', grade: kyvernoSet},
	},
	logs: {folder: 'log-templates', holds: 'NAME.log with NAME.truth.csv, and message-start.csv', grade: logsSet},
	'logs-own': {
		...{folder: 'logs-own', holds: 'NAME.txt of a header and statements', grade: ownLogsSet, home: join(import.meta.dirname, 'data')},
	},
	misconfig: {
		...{
			folder: 'misconfiguration',
			holds: 'index.json of [{rule, case, inputs, settings, expected}] and inputs.jsonl',
			grade: misconfigSet,
		},
	},
	pss: {folder: 'pod-security-standards', holds: 'index.json of [{level, version, expect, control, pod}]', grade: pssSet},
	polaris: {folder: 'polaris', holds: 'index.json, fixes.json, checks.json and their files', grade: polarisSet},
	rbac: {folder: 'security/rbac-cover', holds: 'rules.json and urls.json', grade: rbacSet},
	replicas: {folder: 'canary', holds: 'replica-weights.json', grade: replicasSet},
	requests: {folder: 'requests', holds: 'requests.jsonl and world.yaml', grade: requestsSet},
	versions: {folder: 'version-compare', holds: 'pairs.jsonl of {ecosystem, a, op, b}', grade: versionsSet},
};
