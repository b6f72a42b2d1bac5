import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {bareFoundation} from '../../../../src/sandbox/scenarios/foundation.ts';
import {node} from '../../../../src/sandbox/scenarios/nodes.ts';
import {namespace} from '../../../../src/sandbox/scenarios/objects.ts';
import {minutes, type Scenario} from '../../../../src/sandbox/scenarios/scenario.ts';
import {deployment} from '../../../../src/sandbox/scenarios/workloads.ts';
import {type Sandbox, startSandbox} from '../../../../src/sandbox/start.ts';
import {runMkcoa} from '../../../support/host.ts';
import {temporaryFolder} from '../../../support/temporary-folder.ts';

const bootTime = '2025-06-01T08:00:00Z';

/** Two small nodes with nobody on them, and the namespace front. */
export const smallCluster = (): readonly KubeObject[] => [
	...[1, 2].map(number => node({name: `small-${number}`, number, cpu: '1', memory: '2Gi', at: bootTime})),
	...bareFoundation(),
	namespace('front'),
];

export const web = (more: Partial<Parameters<typeof deployment>[0]> = {}) =>
	deployment({
		namespace: 'front',
		name: 'web',
		image: 'registry.example/front/web:1',
		replicas: 2,
		port: 8080,
		cpu: '300m',
		memory: '64Mi',
		...more,
	});

/** Gives web a version whose tag would fail on the embedded cluster: a rehearsal lets every image run. */
export const rolling = ['deploy', 'rolling', 'web', '--image', 'private.registry.test/front/web:2-fail'];

/** Call it at the top of a file of tests. Each rehearsal has a live cluster of its own, which ends with its test. */
export function rehearsals() {
	let folder = '';
	let live: Sandbox | undefined;
	beforeAll(async () => {
		folder = await temporaryFolder();
	});
	const stop = async () => {
		await live?.stop();
		live = undefined;
	};
	afterEach(stop);
	afterAll(stop);

	async function rehearsedSince(history: Scenario['history'], words: readonly string[], who: WhoAsks = {}) {
		live = await startSandbox({scenario: {history}, ...who});
		const kubeconfig = join(folder, 'kubeconfig');
		writeFileSync(kubeconfig, live.kubeconfig);
		const before = live.requests.all().length;
		const {code, out, err} = await runMkcoa([...words, '-n', 'front', '--kubeconfig', kubeconfig, '--rehearse', '--json'], {folder});
		const writes = live.requests
			.all()
			.slice(before)
			.filter(({method, path, dryRun}) => method !== 'GET' && !dryRun && !path.endsWith('reviews'));
		const outcome = JSON.parse(out);
		return {code, err, report: outcome.output, error: outcome.error, writes};
	}
	return {
		/** A file that a command line may name. */
		file(objects: readonly KubeObject[]) {
			const path = join(folder, 'manifests.json');
			writeFileSync(path, JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
			return path;
		},
		/** What a rehearsal tells on a small cluster where these objects have been for ten minutes. */
		rehearsed: (objects: readonly KubeObject[], words: readonly string[]) =>
			rehearsedSince([{agoMs: minutes(10), objects: [...smallCluster(), ...objects]}], words),
		rehearsedSince,
	};
}

type WhoAsks = Pick<Parameters<typeof startSandbox>[0], 'tokens'>;
