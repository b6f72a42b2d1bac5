import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {startSandbox} from '../../../../src/sandbox/start.ts';
import type {RequestSet} from '../request.ts';
import {historyOf} from './history-of.ts';
import {logLines} from './log-lines.ts';
import type {World} from './world.ts';

/**
 * The world of a set on the embedded cluster. Once it has lived through its past, its time stands still: whatever changes after that, the
 * product did.
 */
export async function embeddedWorld(set: RequestSet): Promise<World> {
	const lacks: string[] = [];
	const reported = new Set<string | undefined>();
	const nowMs = Date.now();
	const sandbox = await startSandbox({
		scenario: historyOf({
			set,
			report: pod => reported.add(pod.metadata.uid),
			refused: ({kind, metadata}, why) => lacks.push(`${kind} ${metadata.name}: ${why}`),
		}),
		clock: {now: () => nowMs, schedule: () => () => {}},
		images: 'all run',
		isReported: (pod: KubeObject) => reported.has(pod.metadata.uid),
		onError: error => lacks.push(String(error)),
	});
	sandbox.machine.extend({podLogs: logLines(set.logs, nowMs)});
	sandbox.requests.clear();
	return {
		kubeconfig: sandbox.kubeconfig,
		provides: new Set(['history', 'state', 'logs', 'inputs']),
		written() {
			const writes = sandbox.requests.writes().map(({method, path}) => `${method} ${path}`);
			sandbox.requests.clear();
			return writes;
		},
		lacks,
		stop: sandbox.stop,
	};
}
