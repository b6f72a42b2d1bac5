import {expect, test} from 'vitest';
import {withLastWords} from '../../../../src/agents/incident/reading/with-last-words.ts';
import type {Snapshot} from '../../../../src/analysis/detection/snapshot.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import {listAt, textAt} from '../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {LogQuery} from '../../../../src/mcp/kubernetes/port.ts';
import {object} from '../../../support/kube-objects.ts';

const ended = (more: JsonObject = {}) => ({terminated: {exitCode: 1, reason: 'Error', ...more}});
const crashed = {name: 'web', ready: false, restartCount: 4, state: {waiting: {reason: 'CrashLoopBackOff'}}, lastState: ended()};

const pod = (name: string, status: JsonObject, owner = name) =>
	object('v1', 'Pod', name, {
		metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: `uid-${owner}`, controller: true}]},
		spec: {containers: [{name: 'web', image: 'web:1'}]},
		status: {phase: 'Running', containerStatuses: [status]},
	});

const snapshot = (...objects: Snapshot['objects']): Snapshot => ({takenAt: '2026-05-01T12:00:00Z', objects, unread: []});

const messageOf = (seen: KubeObject | undefined, state = 'lastState') =>
	textAt(listAt(seen, 'status', 'containerStatuses')[0], state, 'terminated', 'message');

/** Asks of a cluster whose logs say these lines, or that refuses to. */
async function look(seen: Snapshot, logOf: (query: LogQuery) => readonly string[] = () => ['starting', 'error: no currency']) {
	const asked: LogQuery[] = [];
	const logs = async function* (query: LogQuery) {
		asked.push(query);
		yield* logOf(query);
	};
	const {objects, unread} = await withLastWords(seen, {logs}, new AbortController().signal);
	return {asked, unread, messages: objects.map(each => messageOf(each)), objects};
}

test('the last lines of a container that ended with an error stand as the message of its end', async () => {
	const seen = snapshot(pod('web-1', crashed));
	const {asked, messages, unread} = await look(seen);
	expect(asked).toEqual([{namespace: 'shop', pod: 'web-1', container: 'web', previous: true, tailLines: 80, limitBytes: 327_680}]);
	expect(messages).toEqual(['starting\nerror: no currency']);
	expect(unread).toEqual([]);
	expect(messageOf(seen.objects[0])).toBeUndefined();
});

test('of a run that is over, and not begun again, the present log is read', async () => {
	const {asked, objects} = await look(snapshot(pod('web-1', {name: 'web', ready: false, restartCount: 0, state: ended()})));
	expect(asked).toMatchObject([{previous: false}]);
	expect(messageOf(objects[0], 'state')).toBe('starting\nerror: no currency');
});

test.each([
	['that told its end', {...crashed, lastState: ended({message: 'told'})}],
	['that ended well', {...crashed, lastState: ended({exitCode: 0, reason: 'Completed'})}],
	['that was killed for memory', {...crashed, lastState: ended({exitCode: 137, reason: 'OOMKilled'})}],
	['that runs', {name: 'web', ready: true, restartCount: 0, state: {running: {}}}],
])('nothing is read of a container %s', async (_what, status) => {
	expect((await look(snapshot(pod('web-1', status)))).asked).toEqual([]);
});

test('one pod of each workload is read, one that is down rather than one that came up again', async () => {
	const up = {...crashed, ready: true, state: {running: {}}};
	const {asked} = await look(snapshot(pod('web-1', up, 'web'), pod('web-2', crashed, 'web'), pod('api-1', crashed, 'api')));
	expect(asked.map(each => each.pod).toSorted()).toEqual(['api-1', 'web-2']);
});

test('a log without end costs what the kubelet would keep of it', async () => {
	const {messages} = await look(snapshot(pod('web-1', crashed)), () => Array.from({length: 80}, () => 'x'.repeat(16_000)));
	expect(String(messages[0])).toHaveLength(2048);
});

test('however many containers ended, so many logs are read at most, and the rest is told', async () => {
	const {asked, unread} = await look(snapshot(...Array.from({length: 40}, (_, index) => pod(`web-${index}`, crashed))));
	expect(asked).toHaveLength(24);
	expect(unread).toEqual([{kind: 'Last log lines', why: '16 more containers ended with an error: look at one namespace with -n'}]);
});

test('logs that may not be read are told once', async () => {
	const refuse = () => {
		throw new MkcoaError({kind: 'auth', code: 'not-allowed', what: 'Logs', why: 'may not be read', next: 'ask'});
	};
	const {unread, messages} = await look(snapshot(pod('web-1', crashed), pod('api-1', crashed)), refuse);
	expect(unread).toEqual([{kind: 'Last log lines', why: '2 logs could not be read: may not be read'}]);
	expect(messages).toEqual([undefined, undefined]);
});
