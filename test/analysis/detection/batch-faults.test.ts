import {describe, expect, test} from 'vitest';
import {batchFaults} from '../../../src/analysis/detection/analyzers/batch/batch-faults.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {faultLines, surePatches} from './faults-in.ts';
import {remediesOf} from './found-in.ts';

const cronJob = (spec: string, {changed = '', annotations = '{}', status = '', job = ''} = {}) => `
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, annotations: ${annotations}}
${changed}
spec: {schedule: '0 3 * * *', jobTemplate: {spec: {${job} template: {spec: {containers: [{name: c}]}}}}, ${spec}}
${status}
---`;
const run = (name: string, status: string, made = '2026-11-27T09:00:00Z') => `
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}, creationTimestamp: '${made}', ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: report, uid: u, controller: true}]}
spec: {}
status: ${status}
---`;
const lines = (yaml: string) => faultLines(batchFaults, yaml);

describe('a schedule', () => {
	test.each([
		['0 3 30 2 *', '0 3 28 2 *'],
		['0 3 31 4 *', '0 3 30 4 *'],
		['0 3 31 FEB *', '0 3 28 FEB *'],
		['0 3 31 4,6,9,11 *', '0 3 30 4,6,9,11 *'],
	])('%s never comes, and is put on the last day of its month', (schedule, meant) => {
		const yaml = cronJob(`schedule: '${schedule}'`).replace("schedule: '0 3 * * *', ", '');
		expect(lines(yaml)).toEqual(['medium schedule-never-comes CronJob/report spec.schedule remedy']);
		expect(surePatches(batchFaults, yaml)[0]).toContain(`"value":"${meant}"`);
	});

	test.each(['0 3 29 2 *', '0 3 31 2 1', '@monthly', '*/5 * * * MON-FRI', '@every 1h', '0 3 31 * ?'])('%s is no fault', schedule => {
		expect(lines(cronJob(`schedule: '${schedule}'`, {changed: 'changed: 1'}).replace("schedule: '0 3 * * *', ", ''))).toEqual([]);
	});

	test.each([
		['* 3 * * *', 'one hour of the day', '0 3 * * *'],
		['* */6 * * *', 'an hour in six', '0 */6 * * *'],
		['*/1 4 1 * *', 'an hour of a month', '0 4 1 * *'],
	])('%s runs sixty times in %s', (schedule, _, meant) => {
		const yaml = cronJob(`schedule: '${schedule}'`).replace("schedule: '0 3 * * *', ", '');
		expect(lines(yaml)).toEqual(['medium schedule-each-minute CronJob/report spec.schedule remedy']);
		expect(remediesOf(batchFaults(surveyIn(yaml)))[0]).toContain(`"value":"${meant}"`);
		expect(surePatches(batchFaults, yaml)).toEqual([]);
	});

	test('that lost its minute gets the one of its last run back', () => {
		const yaml = cronJob("schedule: '* 3 * * *'", {changed: 'changed: 20', status: "status: {lastScheduleTime: '2026-11-27T03:25:00Z'}"});
		expect(surePatches(batchFaults, yaml.replace("schedule: '0 3 * * *', ", ''))[0]).toContain('"value":"25 3 * * *"');
	});

	test.each([
		['all day', '* * * * *', '{}'],
		['in a span of hours', '* 9-17 * * 1-5', '{}'],
		['in several hours', '* 8,20 * * *', '{}'],
		['as it says itself', '* 3 * * *', '{about: each minute while the exchange opens}'],
	])('each minute %s is no fault', (_, schedule, annotations) => {
		const status = "status: {lastScheduleTime: '2026-11-27T09:59:00Z'}";
		expect(lines(cronJob(`schedule: '${schedule}'`, {annotations, status}).replace("schedule: '0 3 * * *', ", ''))).toEqual([]);
	});

	test('that must start sooner than the controller looks is told', () => {
		expect(lines(cronJob('startingDeadlineSeconds: 5'))).toEqual([
			'medium start-deadline-too-short CronJob/report spec.startingDeadlineSeconds remedy',
		]);
		expect(lines(cronJob('startingDeadlineSeconds: 30'))).toEqual([]);
	});

	test('whose runs did not come is told after the second one', () => {
		const every = (status: string) => cronJob("schedule: '*/10 * * * *'", {status}).replace("schedule: '0 3 * * *', ", '');
		expect(lines(every("status: {lastScheduleTime: '2026-11-27T09:20:00Z'}"))).toEqual([
			'medium runs-missed CronJob/report spec.schedule none',
		]);
		expect(lines(every("status: {lastScheduleTime: '2026-11-27T09:50:00Z'}"))).toEqual([]);
	});
});

describe('a CronJob that is suspended', () => {
	test('a moment ago, without a word why, is told', () => {
		expect(lines(cronJob('suspend: true', {changed: 'changed: 20'}))).toEqual(['medium suspended CronJob/report spec.suspend remedy']);
	});

	test.each([
		['from its beginning', cronJob('suspend: true')],
		['with a reason', cronJob('suspend: true', {changed: 'changed: 20', annotations: "{ops/note: 'until the move is over'}"})],
		[
			'long ago',
			cronJob('suspend: true', {changed: 'changed: 4000'}).replace('metadata: {', "metadata: {creationTimestamp: '2026-01-01T00:00:00Z', "),
		],
	])('%s is meant', (_, yaml) => {
		expect(lines(yaml)).toEqual([]);
	});
});

test.each([
	['made suspended', '', 'medium suspended Job/once spec.suspend remedy'],
	['made suspended for a queue', ', labels: {kueue.x-k8s.io/queue-name: batch}', undefined],
	['held back with a reason', ", annotations: {ops/note: 'after the freeze'}", undefined],
])('a Job that was %s', (_, metadata, told) => {
	const job = `
apiVersion: batch/v1
kind: Job
metadata: {name: once${metadata}}
spec: {suspend: true}`;
	expect(lines(job)).toEqual(told === undefined ? [] : [told]);
});

describe('a run', () => {
	test('that does not end keeps the next ones from starting where they may not run at once', () => {
		const every = (policy: string) =>
			cronJob(`schedule: '*/10 * * * *', concurrencyPolicy: ${policy}`).replace("schedule: '0 3 * * *', ", '') +
			run('report-1', "{active: 1, startTime: '2026-11-27T09:10:00Z'}");
		expect(lines(every('Forbid'))).toEqual(['high run-blocks-next CronJob/report spec.jobTemplate.spec.activeDeadlineSeconds remedy']);
		expect(lines(every('Allow'))).toEqual([]);
	});

	test('that its deadline ended gets twice what it took before', () => {
		const yaml =
			cronJob('suspend: false', {job: 'activeDeadlineSeconds: 60,'}) +
			run('report-2', "{startTime: '2026-11-27T03:00:00Z', conditions: [{type: Failed, status: 'True', reason: DeadlineExceeded}]}") +
			run('report-1', "{startTime: '2026-11-26T03:00:00Z', completionTime: '2026-11-26T03:05:00Z'}", '2026-11-26T03:00:00Z');
		expect(lines(yaml)).toEqual(['medium run-out-of-time CronJob/report spec.jobTemplate.spec.activeDeadlineSeconds remedy']);
		expect(surePatches(batchFaults, yaml)[0]).toContain('"value":600');
	});

	test('of a Job alone that its deadline ended is offered anew with more time', () => {
		const yaml = `
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec: {activeDeadlineSeconds: 60, template: {spec: {containers: [{name: c}]}}}
status: {conditions: [{type: Failed, status: 'True', reason: DeadlineExceeded}]}`;
		expect(lines(yaml)).toEqual(['medium run-out-of-time Job/once spec.activeDeadlineSeconds remedy']);
		expect(surePatches(batchFaults, yaml)).toEqual([]);
	});

	test('with parallelism 0 starts no pod', () => {
		expect(lines(cronJob('suspend: false', {job: 'parallelism: 0,'}))).toEqual([
			'medium run-starts-no-pod CronJob/report spec.jobTemplate.spec.parallelism remedy',
		]);
	});
});

describe('runs that end each other', () => {
	const turns = (status: string, {policy = 'Replace', schedule = '*/5 * * * *', annotations = '{}'} = {}) =>
		cronJob(`concurrencyPolicy: ${policy}`, {status: `status: {lastScheduleTime: '2026-11-27T09:55:00Z'${status}}`, annotations}).replace(
			"'0 3 * * *'",
			`'${schedule}'`,
		) + run('report-2', '{active: 1, startTime: "2026-11-27T09:55:00Z"}', '2026-11-27T09:55:00Z');
	const took = (to: string) =>
		run('report-1', `{succeeded: 1, startTime: '2026-11-27T08:00:00Z', completionTime: '${to}'}`, '2026-11-27T08:00:00Z');
	const found = (path: string) => [`medium runs-replace-each-other CronJob/report spec.${path} remedy`];

	test.each([
		['for none has ended well since the change', turns(''), found('concurrencyPolicy')],
		[
			'for one took longer than the time to the next',
			turns(", lastSuccessfulTime: '2026-11-27T09:50:00Z'") + took('2026-11-27T08:20:00Z'),
			found('concurrencyPolicy'),
		],
		['and have ended well', turns(", lastSuccessfulTime: '2026-11-27T09:50:00Z'"), []],
		['where they may stand side by side', turns('', {policy: 'Allow'}), []],
		['so seldom that nobody can tell', turns('', {schedule: '0 3 * * *'}), []],
	])('%s', (_, yaml, expected) => {
		expect(lines(yaml)).toEqual(expected);
	});

	test('start as seldom again as was applied', () => {
		const applied = JSON.stringify({spec: {schedule: '0 3 * * *'}});
		const yaml = turns('', {annotations: `{kubectl.kubernetes.io/last-applied-configuration: '${applied}'}`});
		expect(lines(yaml)).toEqual(found('schedule'));
		expect(surePatches(batchFaults, yaml).join(' ')).toContain('"value":"0 3 * * *"');
		expect(surePatches(batchFaults, turns(''))).toEqual([]);
	});
});

const jobs = (spec: string, status = 'status: {}', made = '2026-11-27T09:59:30Z') => `
apiVersion: batch/v1
kind: Job
metadata: {name: close, creationTimestamp: '${made}'}
spec: {${spec} template: {metadata: {labels: {app: tickets}}, spec: {containers: [{name: c}]}}}
${status}
---`;
const kueue = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: workloads.kueue.x-k8s.io}
spec: {group: kueue.x-k8s.io}
---`;
const elsewhere = 'managedBy: kueue.x-k8s.io/multikueue,';

describe('a run that another controller is to manage', () => {
	const found = ['medium run-managed-elsewhere Job/close spec.managedBy remedy'];
	test.each([
		['that has no API here', jobs(elsewhere), found],
		['that is here, at first', kueue + jobs(elsewhere), []],
		['that is here and does nothing', kueue + jobs(elsewhere, 'status: {}', '2026-11-27T09:50:00Z'), found],
		['in whose queue it waits, suspended', kueue + jobs(`suspend: true, ${elsewhere}`, 'status: {}', '2026-11-27T04:00:00Z'), []],
		['that has begun it', jobs(elsewhere, "status: {startTime: '2026-11-27T09:59:31Z'}"), []],
		['that is the one of every cluster', jobs('managedBy: kubernetes.io/job-controller,'), []],
	])('%s', (_, yaml, expected) => {
		expect(lines(yaml)).toEqual(expected);
	});

	test('whose turn in a queue has not come is not resumed', () => {
		const suspended = jobs('suspend: true,');
		expect(lines(suspended)).toEqual(['medium suspended Job/close spec.suspend remedy']);
		expect(lines(suspended.replace('{name: close', '{name: close, labels: {kueue.x-k8s.io/queue-name: team}'))).toEqual([]);
	});

	test('is left to the Job controller if a person says so, who knows whether the other looks from elsewhere', () => {
		const patch = '[{"op":"test","path":"/spec/managedBy","value":"kueue.x-k8s.io/multikueue"},{"op":"remove","path":"/spec/managedBy"}]';
		expect(remediesOf(batchFaults(surveyIn(jobs(elsewhere))))).toEqual([`choice resource_patch ${patch}`]);
	});

	test('is told of a CronJob by its template', () => {
		expect(lines(cronJob('', {job: elsewhere}))).toEqual([
			'medium run-managed-elsewhere CronJob/report spec.jobTemplate.spec.managedBy remedy',
		]);
	});
});

describe('pods of a run behind the Service of others', () => {
	const tickets = (port = '8080', spec = '') => `
apiVersion: v1
kind: Service
metadata: {name: tickets}
spec: {selector: {app: tickets}, ${spec} ports: [{port: 80, targetPort: ${port}}]}
---`;
	const serving = (labels = '{app: tickets}') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: tickets}
spec: {selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}}
---`;
	const refunds = (container = '{name: c}', labels = '{app: tickets, cron: refunds}') => `
apiVersion: batch/v1
kind: CronJob
metadata: {name: refunds}
spec: {schedule: '20 4 * * *', jobTemplate: {spec: {template: {metadata: {labels: ${labels}}, spec: {containers: [${container}]}}}}}
---`;
	const found = ['medium run-behind-service CronJob/refunds spec.jobTemplate.spec.template.metadata.labels.app remedy'];
	test.each([
		['by its number', tickets() + serving() + refunds(), found],
		['of a headless one', tickets('http', 'clusterIP: None,') + serving() + refunds(), found],
		['by a name that they have not', tickets('http') + serving() + refunds(), []],
		['whose port they listen on', tickets() + serving() + refunds('{name: c, ports: [{containerPort: 8080}]}'), []],
		['that they are asked for', tickets() + serving() + refunds('{name: c, readinessProbe: {tcpSocket: {port: 8080}}}'), []],
		['with another label', tickets() + serving() + refunds('{name: c}', '{app: refunds, part-of: tickets}'), []],
		['that nobody else serves', tickets() + refunds(), []],
	])('%s', (_, yaml, expected) => {
		expect(lines(yaml)).toEqual(expected);
	});

	test('lose the label, as long as no policy lets them through by it', () => {
		const yaml = tickets() + serving() + refunds();
		const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: payments}
spec: {podSelector: {matchLabels: {app: payments}}, ingress: [{from: [{podSelector: {matchLabels: {app: tickets}}}]}]}
---`;
		expect(surePatches(batchFaults, yaml)).toEqual([
			'[{"op":"test","path":"/spec/jobTemplate/spec/template/metadata/labels/app","value":"tickets"},{"op":"remove","path":"/spec/jobTemplate/spec/template/metadata/labels/app"}]',
		]);
		expect(surePatches(batchFaults, yaml + policy)).toEqual([]);
	});

	const database = (peer: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: database, namespace: data}
spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: tickets}}${peer}}]}]}
---`;
	const mesh = kueue.replaceAll('kueue.x-k8s.io', 'security.istio.io');
	test.each([
		['lets them into another namespace by it', database(', namespaceSelector: {}'), false],
		['of another namespace means its own pods', database(''), true],
		['may be one of a mesh', mesh, false],
	])('keep it unless a person says so, where a policy %s', (_, rule, isSure) => {
		const patches = remediesOf(batchFaults(surveyIn(tickets() + serving() + refunds() + rule)));
		expect(patches.map(patch => patch.startsWith('sure'))).toEqual([isSure]);
	});

	test('keep it unless a person says so, where one namespace alone was looked at', () => {
		const survey = surveyIn(tickets() + serving() + refunds(), {namespace: 'shop'});
		expect(remediesOf(batchFaults(survey)).map(patch => patch.startsWith('choice'))).toEqual([true]);
	});

	test('of a Job, which never changes, are left out by the Service', () => {
		const yaml = tickets() + serving('{app: tickets, tier: web}') + jobs('');
		expect(lines(yaml)).toEqual(['medium run-behind-service Job/close spec.template.metadata.labels.app remedy']);
		expect(surePatches(batchFaults, yaml)).toEqual(['{"spec":{"selector":{"tier":"web"}}}']);
	});
});
