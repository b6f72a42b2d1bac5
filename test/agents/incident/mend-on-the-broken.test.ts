import {describe, expect, test} from 'vitest';
import {autoRecovery} from '../../../src/agents/incident/tools/auto-recovery.ts';
import {generateRecoveryStrategy} from '../../../src/agents/incident/tools/generate-recovery-strategy.ts';
import {objectAt} from '../../../src/core/kube/json-at.ts';
import {objectsAt} from '../../../src/mcp/kubernetes/model/fields.ts';
import {undo} from '../../../src/mcp/kubernetes/tools/undo.ts';
import {readerOf} from '../../support/change-run.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, sandbox, ports} = await shopRoad({scenario: 'broken'});
const probePort = () =>
	objectAt(
		objectsAt(sandbox.machine.get('Deployment', 'broken', 'probe-port-wrong'), 'spec', 'template', 'spec', 'containers')[0],
		'readinessProbe',
		'httpGet',
	).port;
const selector = () => objectAt(sandbox.machine.get('Service', 'broken', 'service-selector-wrong'), 'spec', 'selector');

describe('auto_recovery on the embedded broken namespace', () => {
	test('mends a probe, waits until its pods are ready, and goes back by the journal', async () => {
		expect(probePort()).toBe(9999);
		const {outcome, trail} = await run(autoRecovery, {incident: 'Deployment/probe-port-wrong', namespace: 'broken'});
		expect(outcome).toMatchObject({
			kind: 'done',
			output: {
				incident: {id: 'probe-port-not-there'},
				remedy: 'Set the port of the readinessProbe of Deployment broken/probe-port-wrong to 8080',
				result: 'healed',
				after: [],
			},
		});
		expect(probePort()).toBe(8080);
		expect(sandbox.machine.get('Deployment', 'broken', 'probe-port-wrong')?.status).toMatchObject({readyReplicas: 1});
		const back = await run(undo, {}, {ports: {...ports, journal: readerOf(trail)}});
		expect([back.outcome.kind, probePort()]).toEqual(['done', 9999]);
	});

	test('mends a selector without touching a pod', async () => {
		const {outcome} = await run(autoRecovery, {incident: 'selector-fits-no-pod'});
		expect(outcome).toMatchObject({kind: 'done', output: {result: 'healed'}, plan: {changes: [{ref: {kind: 'Service'}}]}});
		expect(selector()).toEqual({app: 'service-selector-wrong'});
	});

	test('rolls a StatefulSet back whose broken pod would hold the good version up', async () => {
		const {outcome} = await run(autoRecovery, {incident: 'StatefulSet/stateful-update-stuck', namespace: 'broken', deadline: '1h'});
		expect(outcome).toMatchObject({kind: 'done', output: {incident: {id: 'crashes'}, result: 'healed'}});
		expect(sandbox.machine.get('StatefulSet', 'broken', 'stateful-update-stuck')?.status).toMatchObject({readyReplicas: 2});
	});

	test('does nothing that the objects do not tell, and lists what a person may choose', async () => {
		const fix = 'mkcoa incident fix out-of-memory:Deployment/broken/out-of-memory';
		const {outcome, trail} = await run(autoRecovery, {incident: 'Deployment/out-of-memory', namespace: 'broken'});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {
				code: 'no-sure-remedy',
				next: `Choose one, such as: ${fix} --choice 1`,
			},
			output: {
				result: 'not-tried',
				choices: [
					{number: 1, command: `${fix} --choice 1`},
					{number: 2, command: `${fix} --choice 2`},
				],
			},
		});
		expect(trail.entries).toEqual([]);
	});

	test('says who can do something where there is no remedy', async () => {
		const {outcome} = await run(autoRecovery, {incident: 'Deployment/crash-loop', namespace: 'broken'});
		expect(outcome).toMatchObject({
			kind: 'failed',
			error: {why: expect.stringContaining('Its program ends by itself')},
			output: {choices: []},
		});
	});

	test('has nothing to do for an incident that is over, and knows no other', async () => {
		const over = await run(autoRecovery, {incident: 'paused:Deployment/broken/web'});
		expect(over.outcome).toMatchObject({kind: 'nothing-to-do'});
		const unknown = await run(autoRecovery, {incident: 'target-prot', namespace: 'broken'});
		expect(unknown.outcome).toMatchObject({kind: 'failed', error: {code: 'no-such-incident'}});
	});
});

test('generate_recovery_strategy tells the way out that the objects tell, and what is none', async () => {
	const {outcome} = await run(generateRecoveryStrategy, {incident: 'Service/target-port-mismatch', namespace: 'broken'});
	if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
	expect(
		generateRecoveryStrategy.text(generateRecoveryStrategy.output.parse(outcome.output), {width: 80, terminal: true, nowMs: 0}),
	).toMatchInlineSnapshot(`
		"Ways out of 1 incident in namespace broken

		high Service broken/target-port-mismatch (target-port-not-there)
		  Service broken/target-port-mismatch sends port 80 to 9090 of the pods, and
		  their containers listen on 8080 (http)
		  1 Set the target port of Service broken/target-port-mismatch to 8080
		    Disturbs no pod is replaced; risk medium
		    Changes  update Service broken/target-port-mismatch:
		             spec.ports[port=80,protocol=TCP].targetPort
		    Follows  Port 80/TCP goes to 8080 of the pods instead of 9090
		    Undo     Sets the earlier values again, where nobody changed them since
		             mkcoa incident fix
		             target-port-not-there:Service/broken/target-port-mismatch
		  Then: target-port-not-there is gone, and Service broken/target-port-mismatch
		        and Deployment broken/target-port-mismatch well: incident fix looks by
		        itself"
	`);
});
