import {beforeAll, expect, test} from 'vitest';
import {deploymentUpdate} from '../../src/agents/deploy/tools/deployment-update.ts';
import {eventPrinter} from '../../src/commands/render/event-printer.ts';
import {systemClock} from '../../src/core/clock.ts';
import {runTool} from '../../src/core/road/run-tool.ts';
import {at} from '../servers/questions.ts';
import {bufferStreams} from '../support/buffer-streams.ts';
import {memoryRoad} from '../support/memory-road.ts';
import {clientOf} from './client-of.ts';
import {deployment} from './compare/row.ts';
import {isRolledOut, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
/** Nobody waits for it: each of these rollouts is over long before. */
const progressDeadlineSeconds = 600;

/** Two pods of version 1, which are tried again a second after a crash. @param taken host port, of which each of the three nodes has one */
async function started(
	name: string,
	{replicas = 2, hostPort, probed = true}: {replicas?: number; hostPort?: number; probed?: boolean} = {},
) {
	const {spec, ...rest} = deployment(name, {replicas});
	const containers = spec.template.spec.containers.map(container => ({
		...container,
		ports: [{containerPort: 80, ...(hostPort !== undefined && {hostPort})}],
		...(probed ? {} : {readinessProbe: undefined}),
	}));
	const metadata = {labels: {app: name}, annotations: {'sandbox.mkcoa.dev/back-off-seconds': '1'}};
	const strategy = {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}};
	await real.create(shop.deployments(), {
		...rest,
		spec: {...spec, progressDeadlineSeconds, strategy, template: {metadata, spec: {containers}}},
	});
	await real.eventually(shop.deployments(name), object => isRolledOut(object, replicas));
}
beforeAll(() =>
	Promise.all([
		started('crash'),
		started('unasked', {replicas: 1, probed: false}),
		started('missing'),
		started('guarded'),
		started('homeless', {replicas: 3, hostPort: 8443}),
	]),
);

test.concurrent.each([
	{
		what: 'a program that crashes',
		name: 'crash',
		image: 'x:2-crash',
		why: /✗ The rolling update of crash was taken back: .*\(main: (CrashLoopBackOff|Error).*ended with/,
		logs: /last lines of main, the run before\n +\| .*\n/,
		events: /last events\n +\| BackOff: Back-off restarting failed container/,
	},
	{
		what: 'a program that nothing asks whether it serves, and that crashes',
		name: 'unasked',
		image: 'x:2-fail',
		pods: 1,
		why: /✗ The rolling update of unasked was taken back: .*\(main: (CrashLoopBackOff|Error).*ended with/,
		logs: /last lines of main, the run before\n +\| .*\n/,
		events: /last events\n +\| BackOff: Back-off restarting failed container/,
	},
	{
		what: 'an image that is not there',
		name: 'missing',
		image: 'x:2-missing',
		why: /✗ The rolling update of missing was taken back: .*\(main: (ImagePullBackOff|ErrImagePull)/,
		logs: undefined,
		events: /last events\n(?: +\| .*\n)* +\| Failed: .*x:2-missing/,
	},
])(
	'$what ends a rollout within seconds, with the reason, the last lines and events',
	async ({name, image, pods = 2, why, logs, events}) => {
		const {code, err} = await real.printed(`deploy rolling ${name} -n shop --image ${image} --yes`);
		expect(code).toBe(1);
		expect(err).toMatch(why);
		expect(err).toMatch(events);
		if (logs === undefined) expect(err).not.toContain('last lines');
		else expect(err).toMatch(logs);
		await serves(real, name, 'x:1', pods);
	},
);

test.concurrent('pods that admission refuses end a rollout within seconds, in the words of who refuses', async () => {
	const group = '/apis/admissionregistration.k8s.io/v1';
	const resourceRules = [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods']}];
	await real.create(`${group}/validatingadmissionpolicies`, {
		...{apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: {name: 'signed'}},
		spec: {
			matchConstraints: {resourceRules},
			validations: [{expression: "object.spec.containers.all(c, c.image != 'x:2-unsigned')", message: 'x:2-unsigned is not signed'}],
		},
	});
	await real.create(`${group}/validatingadmissionpolicybindings`, {
		...{apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: {name: 'signed'}},
		spec: {policyName: 'signed', validationActions: ['Deny']},
	});
	const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'tried'}, spec: {containers: [{name: 'main', image: 'x:2-unsigned'}]}};
	await real.answered({method: 'POST', path: `${shop.pods()}?dryRun=All`, body: pod}, ({text}) => text.includes('is not signed'));
	const {code, err} = await real.printed('deploy rolling guarded -n shop --image x:2-unsigned --yes');
	expect(code).toBe(1);
	expect(err).toMatch(/✗ The rolling update of guarded was taken back: .*pods cannot be created: .*x:2-unsigned is not signed/);
	await serves(real, 'guarded', 'x:1', 2);
});

test.concurrent('a pod that no node takes ends a rollout after two minutes of its clock, with the words of the scheduler', async () => {
	const {cluster, effector, close} = await clientOf(real.plane().kubeconfig, 'admin');
	const clock = systemClock({speed: 10});
	const {streams, printed} = bufferStreams({});
	const ports = {cluster, metrics: () => Promise.reject(new Error('nobody asks for numbers'))};
	const since = clock.now();
	const {road} = memoryRoad(ports, effector, {
		...{clock, target: cluster.target, signal: real.plane().signal},
		emit: eventPrinter(streams, {quiet: false, verbose: false, clock}).emit,
	});
	const outcome = await runTool(deploymentUpdate, {name: 'homeless', image: 'x:2'}, road);
	await close();
	expect(outcome).toMatchObject({kind: 'failed', error: {code: 'rolling-failed'}, left: [], output: {result: 'taken-back'}});
	expect(String(at(outcome, 'error', 'why'))).toMatch(/cannot be scheduled: 0\/3 nodes are available: 3 node\(s\) didn't have free ports/);
	expect(printed.err).toMatch(/last events\n +\| FailedScheduling: 0\/3 nodes are available/);
	expect(clock.now() - since).toBeLessThan(progressDeadlineSeconds * 1000);
	await serves(real, 'homeless', 'x:1', 3);
});
