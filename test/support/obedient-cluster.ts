import {MkcoaError} from '../../src/core/error.ts';
import type {Journal, SealedValues} from '../../src/core/journal.ts';
import {isJsonObject, type JsonObject} from '../../src/core/json.ts';
import {numberAt} from '../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Write} from '../../src/core/plan.ts';
import {type Effector, LostAnswerError} from '../../src/core/tool.ts';
import {type FakeCluster, fakeCluster} from './fake-cluster.ts';

/** The process died: nothing after this happens, and no code of the run may act on it. */
class Killed extends Error {
	override readonly name = 'Killed';
}

/** What happens to one write that the cluster is sent. */
export type Fate = 'done' | 'killed before' | 'killed after' | 'lost' | 'away';

/** A fake cluster whose Deployments are rolled out at once, and whose connection may break at any write. */
export type ObedientCluster = FakeCluster & {
	/** Every write that arrived, in order, upkeep included. */
	readonly sent: readonly Write[];
	/** What becomes of the write with this number, from 0. */
	fateOf: (index: number, write: Write) => Fate;
	/** Somebody's turn right after a write was done. */
	afterWrite: (write: Write) => void;
	/** A new process reaches the cluster. */
	readonly revive: () => void;
	/** A journal that takes nothing from a process that died. */
	readonly mortal: (journal: Journal) => Journal;
	/** What was taken out of the plan that was opened last. */
	readonly sealed: SealedValues;
};

export function obedientCluster(world: Parameters<typeof fakeCluster>[0], isReady: (deployment: KubeObject) => boolean = () => true) {
	const fake = fakeCluster(world);
	const sent: Write[] = [];
	let dead = false;
	const obey = (write: Write) => {
		const object = write.ref.kind === 'Deployment' ? fake.object('Deployment', write.ref.name) : undefined;
		if (object !== undefined) fake.put(written({...object, status: statusOf(object, isReady(object))}));
	};
	const effector: Effector = {
		...fake.effector,
		read: (ref, signal) => (dead ? Promise.reject(new Killed()) : fake.effector.read(ref, signal)),
		async send(write, live, signal) {
			if (dead) throw new Killed();
			const fate = cluster.fateOf(sent.length, write);
			if (fate === 'away') throw away;
			if (fate === 'killed before') {
				dead = true;
				throw new Killed();
			}
			const answer = await fake.effector.send(write, live, signal);
			sent.push(write);
			const object = answer === null ? undefined : fake.object(write.ref.kind, write.ref.name);
			if (object !== undefined) fake.put(written(object));
			obey(write);
			cluster.afterWrite(write);
			if (fate === 'killed after') {
				dead = true;
				throw new Killed();
			}
			if (fate === 'lost') throw new LostAnswerError(away);
			return answer === null ? null : (fake.object(write.ref.kind, write.ref.name) ?? null);
		},
	};
	let sealed: SealedValues = {};
	const cluster: ObedientCluster = {
		...fake,
		effector,
		sent,
		get sealed() {
			return sealed;
		},
		mortal: journal => ({
			open(entry) {
				sealed = entry.sealed;
				return journal.open(entry);
			},
			resume: journal.resume,
			intend: (...effect) => (dead ? Promise.reject(new Killed()) : journal.intend(...effect)),
			complete: (...effect) => (dead ? Promise.reject(new Killed()) : journal.complete(...effect)),
			close: (...end) => (dead ? Promise.reject(new Killed()) : journal.close(...end)),
		}),
		fateOf: () => 'done',
		afterWrite: () => {},
		revive() {
			dead = false;
		},
	};
	return cluster;
}

const away = new MkcoaError({kind: 'environment', code: 'server-error', what: 'The server answered 500'});

let writes = 0;

/** What mkcoa wrote shows it, as on a server. */
const written = (object: KubeObject): KubeObject => ({
	...object,
	metadata: {...object.metadata, managedFields: [{manager: 'mkcoa', time: String(writes++)}]},
});

function statusOf(deployment: KubeObject, isReady: boolean): JsonObject {
	const replicas = numberAt(deployment, 'spec', 'replicas') ?? 1;
	const before = isJsonObject(deployment.status) ? deployment.status : {};
	const observed = {...before, observedGeneration: deployment.metadata.generation, replicas, updatedReplicas: replicas};
	return {...observed, readyReplicas: isReady ? replicas : 0, availableReplicas: isReady ? replicas : 0};
}
